import type { Probe } from "../../learning/training/trace.ts";

/** Returns the update ratios of every trained layer in some probes; layers whose weights start at 0 have none. */
export function updateRatios(probes: readonly Probe[]): number[] {
  return probes.flatMap(({ layers }) =>
    layers
      .filter(({ trainable }) => trainable)
      .map(({ updateRatio }) => updateRatio)
      .filter(Number.isFinite),
  );
}

/** Returns the median; 0 for an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
