import type { SeedStream } from "./seedStream.ts";

/** Standard deviation of a standard normal variable cut off at ±2 (Keras divides by the same number). */
export const TRUNCATED_DEVIATION = 0.87962566103423978;

/**
 * Draws once from the standard normal distribution truncated at ±2.
 *
 * The method is rejection sampling from the uniform distribution on [−2, 2]: a candidate x is kept with probability
 * exp(−x²/2). The textbook methods (Box–Muller, an inverse distribution function) need a logarithm or a cosine, whose
 * last bits depend on the platform; this one needs sums and products only.
 */
export function truncatedNormal(stream: SeedStream): number {
  for (;;) {
    const candidate = 4 * stream.uniform() - 2;
    if (stream.uniform() < exponential(-0.5 * candidate * candidate)) return candidate;
  }
}

/** Computes e to the power `x` for x in [−2, 0], to about 1e-15, by 24 terms of the Taylor series. */
function exponential(x: number): number {
  let sum = 1;
  for (let term = 24; term >= 1; term--) sum = 1 + (x / term) * sum;
  return sum;
}
