/**
 * Takes tensors apart and puts them together. The stock kernels copy a whole tensor for each part that they take of it: a
 * sequence of 120 steps is copied 120 times in each pass.
 */
import { backend_util, slice_util, type TensorInfo, util } from "@tensorflow/tfjs-core";
import { MOVE } from "../blocks.ts";
import type { Host } from "../host.ts";
import type { Outputs, Stock } from "../kernel.ts";
import type { UnaryInputs } from "./aliases.ts";

/** Numbers of 32 bits, at least one. */
function isCopied({ dtype, shape }: TensorInfo): boolean {
  return (dtype === "float32" || dtype === "int32") && util.sizeFromShape(shape) > 0;
}

/** Where rows begin in a tensor, and how many bytes it is from one to the next. */
interface Place {
  readonly start: number;
  readonly row: number;
}

function copy(host: Host, from: Place, to: Place, rows: number, columns: number): void {
  const bytes = 4 * columns;
  const isOneRow = from.row === bytes && to.row === bytes;
  const [count, width] = isOneRow ? [1, rows * columns] : [rows, columns];
  const numbers = [from.start, to.start, from.row, to.row, width];
  host.run("copyRows", count, host.threadsFor(MOVE * rows * columns), numbers);
}

/** Attributes of Slice. */
export interface SliceAttributes {
  readonly begin: number | number[];
  readonly size: number | number[];
}

/** Takes a box out of a tensor. */
export function slice(
  host: Host,
  inputs: UnaryInputs,
  attributes: SliceAttributes,
  stock: Stock<UnaryInputs, SliceAttributes>,
): Outputs {
  const { x } = inputs;
  const [begin = [], size = []] = slice_util.parseSliceParams(
    x as never,
    attributes.begin as number[],
    attributes.size as number[],
  );
  if (!isCopied(x) || x.shape.length === 0 || util.sizeFromShape(size) === 0)
    return stock(inputs, attributes);
  slice_util.assertParamsValid(x as never, begin, size);
  const out = host.output(size, x.dtype);
  const { shape } = x;
  // The last axis that is cut, the axes behind it, and the axes before it that are whole make the rows of one copy.
  let cut = shape.length - 1;
  while (cut > 0 && size[cut] === shape[cut]) cut--;
  let outer = cut - 1;
  while (outer > 0 && size[outer] === shape[outer]) outer--;
  outer = Math.max(0, outer);
  const columns = util.sizeFromShape(size.slice(cut));
  const rows = util.sizeFromShape(size.slice(outer, cut));
  const strides = util.computeStrides(shape).concat(1);
  const first = begin.reduce((sum, at, axis) => sum + at * (strides[axis] as number), 0);
  const row = 4 * util.sizeFromShape(shape.slice(cut));
  const [from, to] = [host.address(x), host.address(out)];
  for (const [at, offset] of offsets(size.slice(0, outer), strides).entries()) {
    const place = { start: from + 4 * (first + offset), row };
    copy(host, place, { start: to + 4 * at * rows * columns, row: 4 * columns }, rows, columns);
  }
  return out;
}

/** Where each combination of indices of the outer axes begins, in numbers. */
function offsets(sizes: readonly number[], strides: readonly number[]): number[] {
  return sizes.reduce<number[]>(
    (before, size, axis) =>
      before.flatMap((start) =>
        Array.from({ length: size }, (_, at) => start + at * (strides[axis] as number)),
      ),
    [0],
  );
}

/** A tensor along one axis: so many blocks, each of which holds the axis' slices one after the other. */
function alongAxis(
  shape: readonly number[],
  axis: number,
): { readonly blocks: number; readonly inner: number } {
  return {
    blocks: util.sizeFromShape(shape.slice(0, axis)),
    inner: util.sizeFromShape(shape.slice(axis + 1)),
  };
}

/** Cuts a tensor along an axis into parts of so many slices, which get the shapes that `shapeOf` says. */
function takeApart(
  host: Host,
  x: TensorInfo,
  axis: number,
  lengths: readonly number[],
  shapeOf: (length: number) => number[],
): TensorInfo[] {
  const { blocks, inner } = alongAxis(x.shape, axis);
  const row = 4 * inner * (x.shape[axis] as number);
  let start = host.address(x);
  return lengths.map((length) => {
    const out = host.output(shapeOf(length), x.dtype);
    const columns = length * inner;
    copy(host, { start, row }, { start: host.address(out), row: 4 * columns }, blocks, columns);
    start += 4 * columns;
    return out;
  });
}

/** Attributes of SplitV. */
export interface SplitAttributes {
  readonly numOrSizeSplits: number | number[];
  readonly axis: number;
}

/** Cuts a tensor into parts along an axis. */
export function split(
  host: Host,
  inputs: UnaryInputs,
  attributes: SplitAttributes,
  stock: Stock<UnaryInputs, SplitAttributes>,
): Outputs {
  const { x } = inputs;
  const [axis = 0] = util.parseAxisParam(attributes.axis, x.shape);
  const lengths = backend_util.prepareSplitSize(x as never, attributes.numOrSizeSplits, axis);
  if (!isCopied(x) || lengths.some((length) => length === 0)) return stock(inputs, attributes);
  return takeApart(host, x, axis, lengths, (length) => x.shape.with(axis, length));
}

/** The input of Unpack. */
export interface UnpackInputs {
  readonly value: TensorInfo;
}

/** Attributes of Unpack and Pack. */
export interface AxisAttributes {
  readonly axis: number;
}

/** Cuts a tensor into its slices along an axis, which the slices lack. */
export function unpack(
  host: Host,
  inputs: UnpackInputs,
  attributes: AxisAttributes,
  stock: Stock<UnpackInputs, AxisAttributes>,
): Outputs {
  const { value } = inputs;
  if (!isCopied(value)) return stock(inputs, attributes);
  const [axis = 0] = util.parseAxisParam(attributes.axis, value.shape);
  const lengths = Array.from({ length: value.shape[axis] as number }, () => 1);
  return takeApart(host, value, axis, lengths, () => value.shape.toSpliced(axis, 1));
}

/** Several tensors, by their places. */
export type ManyInputs = readonly TensorInfo[];

/** Puts tensors behind each other, each as so many blocks of `columns` numbers. */
function putTogether(
  host: Host,
  tensors: ManyInputs,
  shape: number[],
  blocks: number,
  columnsOf: (tensor: TensorInfo) => number,
): TensorInfo {
  const out = host.output(shape, tensors[0]?.dtype);
  const row = (4 * util.sizeFromShape(shape)) / blocks;
  let start = host.address(out);
  for (const tensor of tensors) {
    const columns = columnsOf(tensor);
    copy(host, { start: host.address(tensor), row: 4 * columns }, { start, row }, blocks, columns);
    start += 4 * columns;
  }
  return out;
}

function areAlike(tensors: ManyInputs): boolean {
  return tensors.length > 1 && tensors.every((one) => isCopied(one) && one.dtype === tensors[0]?.dtype);
}

/** Puts tensors behind each other along an axis. */
export function concat(
  host: Host,
  inputs: ManyInputs,
  attributes: AxisAttributes,
  stock: Stock<ManyInputs, AxisAttributes>,
): Outputs {
  if (!areAlike(inputs)) return stock(inputs, attributes);
  const shapes = inputs.map(({ shape }) => shape);
  const [axis = 0] = util.parseAxisParam(attributes.axis, shapes[0] as number[]);
  backend_util.assertParamsConsistent(shapes, axis);
  const { blocks } = alongAxis(shapes[0] as number[], axis);
  const shape = backend_util.computeOutShape(shapes, axis);
  return putTogether(host, inputs, shape, blocks, (one) => util.sizeFromShape(one.shape) / blocks);
}

/** Puts tensors of one shape behind each other along an axis that is new. */
export function pack(
  host: Host,
  inputs: ManyInputs,
  attributes: AxisAttributes,
  stock: Stock<ManyInputs, AxisAttributes>,
): Outputs {
  const shape = inputs[0]?.shape ?? [];
  const areOneShape = inputs.every((one) => util.arraysEqual(one.shape, shape));
  if (!areAlike(inputs) || !areOneShape || attributes.axis < 0) return stock(inputs, attributes);
  const { axis } = attributes;
  const blocks = util.sizeFromShape(shape.slice(0, axis));
  const columns = util.sizeFromShape(shape.slice(axis));
  return putTogether(host, inputs, shape.toSpliced(axis, 0, inputs.length), blocks, () => columns);
}
