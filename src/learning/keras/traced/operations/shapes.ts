// Operations that move numbers without changing them.

import {
  backend_util,
  broadcastTo,
  cast,
  clone,
  concat,
  expandDims,
  fill,
  gather,
  gatherND,
  greaterEqual,
  lessEqual,
  linspace,
  logicalAnd,
  mirrorPad,
  mul,
  oneHot,
  pad,
  range,
  reshape,
  reverse,
  scalar,
  slice,
  split,
  squeeze,
  stack,
  stridedSlice,
  sub,
  type Tensor,
  type Tensor4D,
  tensor,
  tensor1d,
  tile,
  topk,
  transpose,
  unstack,
  where,
} from "@tensorflow/tfjs-core";
import { fromFront } from "../../../../foundation/numbers/fromFront.ts";
import { type Attributes, numbersOf, type Operations } from "./operation.ts";

const numberOf = (of: Tensor | undefined) => (of as Tensor).dataSync()[0] as number;

const shapeOf = (x: Tensor | undefined) => tensor1d((x as Tensor).shape, "int32");

function sliced([x, start, size]: readonly Tensor[]): Tensor {
  const from = numbersOf(start as Tensor);
  return slice(x as Tensor, from, numbersOf(size as Tensor));
}

function stridden([x, begin, end, strides]: readonly Tensor[], attributes: Attributes): Tensor {
  const mask = (name: string) => Number(attributes[`${name}_mask`] ?? 0);
  const numbers = [begin, end, strides].map((one) => numbersOf(one as Tensor)) as [
    number[],
    number[],
    number[],
  ];
  const masks = ["begin", "end", "ellipsis", "new_axis", "shrink_axis"].map(mask);
  const isBool = (x as Tensor).dtype === "bool";
  const from = isBool ? cast(x as Tensor, "int32") : (x as Tensor);
  const answer = stridedSlice(from, ...numbers, ...masks);
  return isBool ? cast(answer, "bool") : answer;
}

function padding(of: Tensor | undefined): [number, number][] {
  const numbers = numbersOf(of as Tensor);
  return Array.from({ length: numbers.length / 2 }, (_, axis) => [
    numbers[2 * axis] as number,
    numbers[2 * axis + 1] as number,
  ]);
}

function gathered([x, indices, axis]: readonly Tensor[], { batch_dims: batch }: Attributes): Tensor {
  const [of, at] = [x as Tensor, cast(indices as Tensor, "int32")];
  const place = axis ? numberOf(axis) : 0;
  const batches = Number(batch ?? 0);
  if (at.size === 0) {
    const axisAt = fromFront(place, of.rank);
    return tensor([], [...of.shape.slice(0, axisAt), ...at.shape, ...of.shape.slice(axisAt + 1)], of.dtype);
  }
  if (batches === 0) return gather(of, at, place);
  if ((place < 0 ? place + of.rank : place) !== batches)
    throw new RangeError("gather with batch_dims must gather along the axis behind them");
  return gatherND(of, stack([...placesBefore(at.shape, batches), at], -1));
}

/** For each of the first axes the place along it, in a table of the shape. */
function placesBefore(shape: readonly number[], axes: number): Tensor[] {
  return Array.from({ length: axes }, (_, axis) => {
    const along = reshape(
      range(0, shape[axis] as number, 1, "int32"),
      shape.map((side, at) => (at === axis ? side : 1)),
    );
    return broadcastTo(along, [...shape]);
  });
}

/** A condition of one side chooses whole rows, in the old form of the operation. */
function selected([condition, a, b]: readonly Tensor[]): Tensor {
  const [c, x] = [condition as Tensor, a as Tensor];
  const isRows = c.rank === 1 && x.rank > 1;
  return where(isRows ? reshape(c, [c.size, ...x.shape.slice(1).map(() => 1)]) : c, x, b as Tensor);
}

/** Keeps the numbers near the diagonal of the last two axes. */
function band([x, lower, upper]: readonly Tensor[]): Tensor {
  const of = x as Tensor;
  const [rows = 0, columns = 0] = of.shape.slice(-2);
  const [below, above] = [numberOf(lower), numberOf(upper)];
  const row = reshape(range(0, rows, 1, "int32"), [rows, 1]);
  const column = reshape(range(0, columns, 1, "int32"), [1, columns]);
  const away = sub(column, row);
  const isAbove = below < 0 ? greaterEqual(away, -rows) : greaterEqual(away, -below);
  const isBelow = above < 0 ? lessEqual(away, columns) : lessEqual(away, above);
  const kept = cast(logicalAnd(isAbove, isBelow), "float32");
  return cast(mul(cast(of, "float32"), kept), of.dtype);
}

/** Joins what holds numbers: a part without any has no memory on wasm. */
function joined(parts: readonly Tensor[], axis: number): Tensor {
  const filled = parts.filter(({ size }) => size > 0);
  return filled.length === 0 ? clone(parts[0] as Tensor) : concat(filled, axis);
}

/** The side of the blocks of an image whose colours stand last. */
function sideOf({ block_size: side, data_format: format }: Attributes): number {
  if ((format ?? "NHWC") !== "NHWC") throw new RangeError("images must have their channels last");
  return Number(side);
}

/** Spreads the channels of each place over a block of places. */
function depthToSpace(x: Tensor4D, side: number): Tensor {
  const [count, height, width, channels] = x.shape;
  const depth = channels / (side * side);
  const apart = reshape(x, [count, height, width, side, side, depth]);
  return reshape(transpose(apart, [0, 1, 3, 2, 4, 5]), [count, height * side, width * side, depth]);
}

function splitAt([x, sizes, axis]: readonly Tensor[]): Tensor[] {
  const of = x as Tensor;
  const given = numbersOf(sizes as Tensor);
  const at = numberOf(axis);
  const whole = of.shape.at(at) as number;
  const rest = whole - given.reduce((total, one) => total + Math.max(0, one), 0);
  return split(
    of,
    given.map((one) => (one < 0 ? rest : one)),
    at,
  );
}

export const shapes: Operations = {
  Reshape: ([x, shape]) => reshape(x as Tensor, numbersOf(shape as Tensor)),
  Transpose: ([x, axes]) => transpose(x as Tensor, numbersOf(axes as Tensor)),
  ExpandDims: ([x, axis]) => expandDims(x as Tensor, numberOf(axis)),
  Squeeze: ([x], { squeeze_dims: axes }) => {
    const named = Array.isArray(axes) ? (axes as number[]) : [];
    const of = x as Tensor;
    return squeeze(of, named.length > 0 ? named.map((axis) => fromFront(axis, of.rank)) : undefined);
  },
  Pack: (inputs, { axis }) => stack([...inputs], Number(axis ?? 0)),
  Unpack: ([x], { axis }) => unstack(x as Tensor, Number(axis ?? 0)),
  ConcatV2: (inputs) => joined(inputs.slice(0, -1), numberOf(inputs.at(-1))),
  DepthToSpace: ([x], attributes) => depthToSpace(x as Tensor4D, sideOf(attributes)),
  SpaceToDepth: ([x], attributes) => {
    const [of, side] = [x as Tensor, sideOf(attributes)];
    const [count = 0, height = 0, width = 0, depth = 0] = of.shape;
    const apart = reshape(of, [count, height / side, side, width / side, side, depth]);
    return reshape(transpose(apart, [0, 1, 3, 2, 4, 5]), [
      count,
      height / side,
      width / side,
      side * side * depth,
    ]);
  },
  Split: ([axis, x], { num_split: count }) => split(x as Tensor, Number(count), numberOf(axis)),
  SplitV: splitAt,
  Slice: sliced,
  StridedSlice: stridden,
  Tile: ([x, times]) => tile(x as Tensor, numbersOf(times as Tensor)),
  Pad: ([x, around]) => pad(x as Tensor, padding(around)),
  PadV2: ([x, around, value]) => pad(x as Tensor, padding(around), numberOf(value)),
  MirrorPad: ([x, around], { mode }) =>
    mirrorPad(x as Tensor, padding(around), mode === "SYMMETRIC" ? "symmetric" : "reflect"),
  Gather: gathered,
  GatherV2: gathered,
  GatherNd: ([x, indices]) => gatherND(x as Tensor, cast(indices as Tensor, "int32")),
  OneHot: ([indices, depth, on, off], { axis }) => {
    const hot = oneHot(cast(indices as Tensor, "int32"), numberOf(depth), numberOf(on), numberOf(off));
    const place = Number(axis ?? -1);
    if (place === -1 || place === hot.rank - 1) return cast(hot, "float32");
    const order = hot.shape.map((_, at) => at).slice(0, -1);
    return transpose(cast(hot, "float32"), [...order.slice(0, place), hot.rank - 1, ...order.slice(place)]);
  },
  Shape: ([x]) => shapeOf(x),
  ShapeN: (inputs) => inputs.map(shapeOf),
  Size: ([x]) => scalar((x as Tensor).size, "int32"),
  Rank: ([x]) => scalar((x as Tensor).rank, "int32"),
  Fill: ([shape, value]) =>
    fill(numbersOf(shape as Tensor), numberOf(value), (value as Tensor).dtype as "float32"),
  Range: ([from, to, step]) =>
    range(
      numberOf(from),
      numberOf(to),
      numberOf(step),
      (from as Tensor).dtype === "int32" ? "int32" : "float32",
    ),
  LinSpace: ([from, to, count]) => linspace(numberOf(from), numberOf(to), numberOf(count)),
  BroadcastArgs: ([left, right]) => {
    const shape = backend_util.assertAndGetBroadcastShape(
      [...numbersOf(left as Tensor)],
      [...numbersOf(right as Tensor)],
    );
    return tensor1d(shape, "int32");
  },
  BroadcastTo: ([x, shape]) => {
    const of = x as Tensor;
    const wanted = numbersOf(shape as Tensor);
    return of.dtype === "bool"
      ? cast(broadcastTo(cast(of, "int32"), wanted), "bool")
      : broadcastTo(of, wanted);
  },
  ReverseV2: ([x, axes]) => reverse(x as Tensor, numbersOf(axes as Tensor)),
  Select: selected,
  SelectV2: selected,
  MatrixBandPart: band,
  TopKV2: ([x, count], { sorted }) => {
    const { values, indices } = topk(x as Tensor, numberOf(count), sorted !== false);
    return [values, indices];
  },
  Placeholder: ([x]) => clone(x as Tensor),
  EnsureShape: ([x]) => clone(x as Tensor),
};
