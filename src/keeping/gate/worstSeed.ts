import type { Measurement } from "./measurement/measurement.ts";

/** The seed whose run ended with the greatest loss; one that is not finite is greater than any. */
export function worstSeed(measurements: readonly Measurement[]): number {
  const badness = ({ finalLoss }: Measurement) => finalLoss ?? Number.POSITIVE_INFINITY;
  const worst = measurements.reduce((a, b) => (badness(b) > badness(a) ? b : a));
  return worst.seed;
}
