// Resizes images by cubic curves, as TensorFlow's kernel does: each new row and column is a weighted sum of four old ones. The
// weights are Keys's with a = −1/2, read from a table of 1024 places, and made to have a sum of 1 at the edges.

import { einsum, type Tensor, tensor2d } from "@tensorflow/tfjs-core";
import { numbersOf, type Operation } from "./operation.ts";

const A = -0.5;
const PLACES = 1024;
const NEIGHBOURS = [-1, 0, 1, 2];

/** Computes ResizeBicubic of pixels that are taken at their centres. */
export const resizeBicubic: Operation = ([images, size], attributes) => {
  if (attributes.half_pixel_centers !== true || attributes.align_corners === true)
    throw new RangeError("images must be resized by the centres of their pixels");
  const of = images as Tensor;
  const [, height = 1, width = 1] = of.shape;
  const [tall = 1, wide = 1] = numbersOf(size as Tensor);
  const shares = (to: number, from: number) => tensor2d(sharesOf(to, from), [to, from]);
  const rows = einsum("yh,bhwc->bywc", shares(tall, height), of);
  return einsum("xw,bywc->byxc", shares(wide, width), rows);
};

/** `[to, from]`: the share of each old row in each new one. */
function sharesOf(to: number, from: number): Float32Array {
  const scale = Math.fround(from / to);
  const shares = new Float32Array(to * from);
  for (let row = 0; row < to; row++) {
    const place = Math.fround(Math.fround((row + 0.5) * scale) - 0.5);
    const near = Math.floor(place);
    const offset = roundHalfToEven((place - near) * PLACES);
    const kept = NEIGHBOURS.filter((step) => near + step >= 0 && near + step < from);
    const weights = kept.map((step) => curve(Math.abs(step - offset / PLACES)));
    const sum = weights.reduce((total, one) => total + one, 0);
    kept.forEach((step, at) => {
      shares[row * from + near + step] = (weights[at] as number) / sum;
    });
  }
  return shares;
}

/** Keys's cubic curve at a distance of 0 up to 2. */
function curve(distance: number): number {
  if (distance <= 1) return ((A + 2) * distance - (A + 3)) * distance ** 2 + 1;
  return ((A * distance - 5 * A) * distance + 8 * A) * distance - 4 * A;
}

function roundHalfToEven(value: number): number {
  const near = Math.round(value);
  return near - value === 0.5 && near % 2 !== 0 ? near - 1 : near;
}
