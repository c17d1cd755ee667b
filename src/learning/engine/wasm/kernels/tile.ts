/**
 * Repeats a tensor along its axes, and sums what its repetitions got. The stock kernel asks for the place of each number
 * anew, and the stock gradient takes the repetitions apart one by one: both took most of the time of a layer
 * normalisation, which repeats its mean, its spread, its scale and its shift.
 */
import { type TensorInfo, util } from "@tensorflow/tfjs-core";
import type { Host } from "../host.ts";
import type { Outputs, Stock } from "../kernel.ts";
import type { UnaryInputs } from "./aliases.ts";

/** The attribute of Tile: how often the tensor stands along each axis. */
export interface TileAttributes {
  readonly reps: readonly number[];
}

/** Repeats a tensor along its axes. */
export function tile(
  host: Host,
  inputs: UnaryInputs,
  attributes: TileAttributes,
  stock: Stock<UnaryInputs, TileAttributes>,
): Outputs {
  const { x } = inputs;
  const shape = x.shape.map((size, axis) => size * (attributes.reps[axis] as number));
  if ((x.dtype !== "float32" && x.dtype !== "int32") || util.sizeFromShape(shape) === 0)
    return stock(inputs, attributes);
  const out = host.output(shape, x.dtype);
  // Numbers of 32 bits are moved as whole numbers, which keeps every bit of a NaN.
  write(asWords(host, x), asWords(host, out), planOf(x.shape, attributes.reps));
  return out;
}

function asWords(host: Host, tensor: TensorInfo): Int32Array {
  const { buffer, byteOffset, length } = host.backend.typedArrayFromHeap(tensor);
  return new Int32Array(buffer, byteOffset, length);
}

/** One axis: how many parts it has, how many numbers each part has in the tensor and in its repetition, and how often it stands. */
interface Axis {
  readonly size: number;
  readonly part: number;
  readonly outPart: number;
  readonly reps: number;
}

/** The axes up to the last one that is repeated, whose parts are copied whole. */
function planOf(shape: readonly number[], reps: readonly number[]): readonly Axis[] {
  const axes = shape.map((size, axis) => {
    const part = util.sizeFromShape(shape.slice(axis + 1));
    const outPart = part * util.sizeFromShape(reps.slice(axis + 1) as number[]);
    return { size, part, outPart, reps: reps[axis] as number };
  });
  const last = axes.findLastIndex((axis) => axis.reps > 1);
  return axes.slice(0, Math.max(0, last) + 1);
}

function write(from: Int32Array, to: Int32Array, plan: readonly Axis[]): void {
  const place = (depth: number, start: number, outStart: number): void => {
    const axis = plan[depth];
    if (axis === undefined) {
      to[outStart] = from[start] as number;
      return;
    }
    const { size, part, outPart, reps } = axis;
    const block = size * outPart;
    if (depth < plan.length - 1) {
      for (let at = 0; at < size; at++) place(depth + 1, start + at * part, outStart + at * outPart);
    } else if (block === 1) {
      to.fill(from[start] as number, outStart, outStart + reps);
      return;
    } else {
      for (let at = 0; at < block; at++) to[outStart + at] = from[start + at] as number;
    }
    for (let copy = 1; copy < reps; copy++)
      to.copyWithin(outStart + copy * block, outStart, outStart + block);
  };
  place(0, 0, 0);
}

/** The gradient of a repeated tensor. */
export interface TileGradientInputs {
  readonly dy: TensorInfo;
}

/** The attributes of TileGradient: those of Tile, and the shape of the tensor that was repeated. */
export interface TileGradientAttributes extends TileAttributes {
  readonly shape: readonly number[];
}

/** Sums the gradients of the repetitions one after the other, in the order in which the stock gradient adds them. */
export function tileGradient(
  host: Host,
  { dy }: TileGradientInputs,
  { reps, shape }: TileGradientAttributes,
): Outputs {
  const out = host.output([...shape]);
  const sums = (host.backend.typedArrayFromHeap(out) as Float32Array).fill(0);
  const parts = host.backend.typedArrayFromHeap(dy) as Float32Array;
  const plan = planOf(shape, reps);
  let next = 0;
  const add = (depth: number, start: number): void => {
    const axis = plan[depth];
    if (axis === undefined) {
      sums[start] = (sums[start] as number) + (parts[next++] as number);
      return;
    }
    const isLast = depth === plan.length - 1;
    const numbers = axis.size * axis.part;
    for (let copy = 0; copy < axis.reps; copy++) {
      if (!isLast) for (let at = 0; at < axis.size; at++) add(depth + 1, start + at * axis.part);
      else
        for (let at = start; at < start + numbers; at++)
          sums[at] = (sums[at] as number) + (parts[next++] as number);
    }
  };
  add(0, 0);
  return out;
}
