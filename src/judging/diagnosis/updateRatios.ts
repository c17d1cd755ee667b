import type { Probe } from "../../learning/training/trace.ts";

/** The update ratios of every layer in some probes; layers that began at 0 have none. */
export function updateRatios(probes: readonly Probe[]): number[] {
  return probes.flatMap(({ layers }) => layers.map(({ updateRatio }) => updateRatio).filter(Number.isFinite));
}

/** Median; 0 of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}
