// Operations that take tables apart into blocks and diagonals and put them together, and volumes.

import {
  avgPool3d,
  broadcastTo,
  cast,
  concat,
  conv2d,
  conv3d,
  expandDims,
  eye,
  maxPool3d,
  mul,
  pad,
  reshape,
  slice,
  sum,
  type Tensor,
  type Tensor4D,
  type Tensor5D,
  transpose,
  where,
} from "@tensorflow/tfjs-core";
import { type Attributes, numbersOf, type Operation, type Operations } from "./operation.ts";

type Three = [number, number, number];

const paddingOf = ({ padding }: Attributes) => (padding === "SAME" ? "same" : "valid");

/** The middle sides of five, which volumes have. */
function middleOf(given: unknown): Three {
  return Array.isArray(given) ? (given.slice(1, 4) as Three) : [1, 1, 1];
}

/** An operation on the main diagonal of square tables. */
function ofDiagonal(place: number, compute: (inputs: readonly Tensor[]) => Tensor): Operation {
  return (inputs) => {
    if (inputs[place] && numbersOf(inputs[place] as Tensor).some((one) => one !== 0))
      throw new RangeError("only the main diagonal can be taken");
    return compute(inputs);
  };
}

const ones = (side: number) => eye(side);

/** Puts each number of the last axis on the diagonal of a table of its own. */
function diagonals(x: Tensor): Tensor {
  return mul(expandDims(x, -1), ones(x.shape.at(-1) as number));
}

/** The patches of images, each as one row: a convolution whose kernel hands on each number of its window. */
function patches([images]: readonly Tensor[], attributes: Attributes): Tensor {
  const [, height = 1, width = 1] = attributes.ksizes as number[];
  const [, down = 1, across = 1] = attributes.strides as number[];
  const [, rows = 1, columns = 1] = (attributes.rates as number[] | undefined) ?? [];
  const of = images as Tensor4D;
  const size = height * width * of.shape[3];
  const kernel = reshape(ones(size), [height, width, of.shape[3], size]) as Tensor4D;
  return conv2d(of, kernel, [down, across], paddingOf(attributes), "NHWC", [rows, columns]);
}

/** Moves the numbers along axes; those that leave at one end come back at the other. */
function rolled([x, by, along]: readonly Tensor[]): Tensor {
  const axes = numbersOf(along as Tensor);
  return numbersOf(by as Tensor).reduce((of, shift, at) => {
    const axis = ((axes[at] as number) + of.rank) % of.rank;
    const side = of.shape[axis] as number;
    const from = ((-shift % side) + side) % side;
    const part = (begin: number, length: number) =>
      slice(
        of,
        of.shape.map((_, place) => (place === axis ? begin : 0)),
        of.shape.map((whole, place) => (place === axis ? length : whole)),
      );
    return from === 0 ? of : concat([part(from, side - from), part(0, from)], axis);
  }, x as Tensor);
}

/** Pairs of numbers, one for each axis between the batch and the rest. */
function pairsOf(of: Tensor | undefined): [number, number][] {
  const numbers = numbersOf(of as Tensor);
  return Array.from({ length: numbers.length / 2 }, (_, at) => [
    numbers[2 * at] as number,
    numbers[2 * at + 1] as number,
  ]);
}

/** Takes every nth place of each axis to a batch of its own, behind zeros around. */
function spaceToBatch([x, block, around]: readonly Tensor[]): Tensor {
  const sides = numbersOf(block as Tensor);
  const margins = pairsOf(around);
  const of = x as Tensor;
  const none: [number, number] = [0, 0];
  const padded = pad(
    of,
    of.shape.map((_, axis) => margins[axis - 1] ?? none),
  );
  const [count = 0, ...rest] = padded.shape;
  const inner = sides.flatMap((side, at) => [(rest[at] as number) / side, side]);
  const others = rest.slice(sides.length);
  const apart = reshape(padded, [count, ...inner, ...others]);
  const blocks = sides.map((_, at) => 2 * at + 2);
  const places = sides.map((_, at) => 2 * at + 1);
  const last = others.map((_, at) => 1 + inner.length + at);
  const moved = transpose(apart, [...blocks, 0, ...places, ...last]);
  const size = sides.reduce((product, side) => product * side, 1);
  return reshape(moved, [count * size, ...sides.map((side, at) => (rest[at] as number) / side), ...others]);
}

/** Undoes {@link spaceToBatch}, and cuts off what stands around. */
function batchToSpace([x, block, around]: readonly Tensor[]): Tensor {
  const sides = numbersOf(block as Tensor);
  const cuts = pairsOf(around);
  const of = x as Tensor;
  const [count = 0, ...rest] = of.shape;
  const size = sides.reduce((product, side) => product * side, 1);
  const rank = sides.length;
  const apart = reshape(of, [...sides, count / size, ...rest]);
  const pairs = sides.flatMap((_, at) => [rank + 1 + at, at]);
  const last = rest.slice(rank).map((_, at) => 2 * rank + 1 + at);
  const joined = reshape(transpose(apart, [rank, ...pairs, ...last]), [
    count / size,
    ...sides.map((side, at) => side * (rest[at] as number)),
    ...rest.slice(rank),
  ]);
  const begin = joined.shape.map((_, axis) => cuts[axis - 1]?.[0] ?? 0);
  return slice(
    joined,
    begin,
    joined.shape.map((side, axis) => side - (begin[axis] as number) - (cuts[axis - 1]?.[1] ?? 0)),
  );
}

const pooled =
  (pool: typeof avgPool3d): Operation =>
  ([x], attributes) =>
    pool(x as Tensor5D, middleOf(attributes.ksize), middleOf(attributes.strides), paddingOf(attributes));

export const patchesAndVolumes: Operations = {
  MatrixDiagV3: ofDiagonal(1, ([x]) => diagonals(x as Tensor)),
  MatrixDiagPartV3: ofDiagonal(1, ([x]) =>
    sum(mul(x as Tensor, ones((x as Tensor).shape.at(-1) as number)), -1),
  ),
  MatrixSetDiagV3: ofDiagonal(2, ([x, diagonal]) => {
    const of = x as Tensor;
    const isOn = cast(ones(of.shape.at(-1) as number), "bool");
    const [on, off] = [expandDims(diagonal as Tensor, -1), of].map((one) =>
      broadcastTo(one.dtype === "bool" ? cast(one, "int32") : one, of.shape),
    ) as [Tensor, Tensor];
    const here = cast(broadcastTo(cast(isOn, "int32"), of.shape), "bool");
    return cast(where(here, on, off), of.dtype);
  }),
  ExtractImagePatches: patches,
  Roll: rolled,
  SpaceToBatchND: spaceToBatch,
  BatchToSpaceND: batchToSpace,
  Conv3D: ([x, kernel], attributes) =>
    conv3d(
      x as Tensor5D,
      kernel as Tensor5D,
      middleOf(attributes.strides),
      paddingOf(attributes),
      "NDHWC",
      middleOf(attributes.dilations),
    ),
  AvgPool3D: pooled(avgPool3d),
  MaxPool3D: pooled(maxPool3d as typeof avgPool3d),
};
