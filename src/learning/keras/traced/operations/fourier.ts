// The Fourier transform of real numbers, by the matrices of its cosines and sines: engines differ in the complex numbers and the
// fast transforms that they know. A complex tensor has a last axis of two numbers here, the real and the imaginary part.

import {
  matMul,
  pad,
  reshape,
  slice,
  sqrt,
  square,
  squeeze,
  stack,
  sum,
  type Tensor,
  tensor2d,
} from "@tensorflow/tfjs-core";
import { numbersOf, type Operation, type Operations } from "./operation.ts";

const transformed: Operation = ([x, length]) => {
  const of = x as Tensor;
  const [size = 1] = numbersOf(length as Tensor);
  const outer = of.shape.slice(0, -1);
  const bins = Math.floor(size / 2) + 1;
  const rows = fitted(reshape(of, [-1, of.shape.at(-1) as number]), size);
  const parts = [Math.cos, (angle: number) => -Math.sin(angle)].map((wave) =>
    reshape(matMul(rows, waves(wave, size, bins)), [...outer, bins]),
  );
  return stack(parts, -1);
};

/** Cuts rows off, or fills them up with 0, to a length. */
function fitted(rows: Tensor, size: number): Tensor {
  const [count = 0, given = 0] = rows.shape;
  if (given >= size) return slice(rows, [0, 0], [count, size]);
  return pad(rows, [
    [0, 0],
    [0, size - given],
  ]);
}

/** `[size, bins]`: a wave that goes round once, twice, … along the rows. */
function waves(wave: (angle: number) => number, size: number, bins: number): Tensor {
  // The turns are counted without whole ones, so that long rows lose nothing.
  const angle = (row: number, bin: number) => (2 * Math.PI * ((row * bin) % size)) / size;
  const values = Float32Array.from({ length: size * bins }, (_, at) =>
    wave(angle(Math.floor(at / bins), at % bins)),
  );
  return tensor2d(values, [size, bins]);
}

/** One of the two parts of complex numbers. */
function part(place: 0 | 1): Operation {
  return ([x]) => {
    const of = x as Tensor;
    const outer = of.shape.slice(0, -1);
    return squeeze(slice(of, [...outer.map(() => 0), place], [...outer, 1]), [outer.length]);
  };
}

export const fourier: Operations = {
  RFFT: transformed,
  Real: part(0),
  Imag: part(1),
  ComplexAbs: ([x]) => sqrt(sum(square(x as Tensor), -1)),
};
