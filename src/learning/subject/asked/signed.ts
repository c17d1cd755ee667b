// Pictures whose pixels lie from −1 to 1, as some networks want them.

import { largestOf } from "../../../foundation/numbers/extremes.ts";

/** Such pictures come at least so near to −1 somewhere. */
const NEAR_MINUS_ONE = -0.8;
const ROUNDING = 1e-3;

/** Whether pixels from the least to the largest of these numbers lie from −1 to 1, and not from 0 to 1. */
export function areSigned(least: number, most: number): boolean {
  return least < NEAR_MINUS_ONE && least >= -1 - ROUNDING && most <= 1 + ROUNDING;
}

/** Maps pixels from 0 to 255, or shares from 0 to 1, to −1 to 1. */
export function toSigned(values: Float32Array): Float32Array {
  const half = largestOf(values) > 1 + ROUNDING ? 127.5 : 0.5;
  return values.map((value) => value / half - 1);
}
