import type { Agreement } from "./differenceQuotient.ts";

/** How far a value may be from the reference: float32 rounding. */
const VALUE = 1e-4;

/** And a gradient: the quotient's own error where a function bends. */
const GRADIENT = 1e-2;

/** Whether an engine answers as the reference. */
export function agrees({ value, gradient }: Agreement): boolean {
  return value < VALUE && gradient < GRADIENT;
}
