import type { Measurement } from "../measurement/measurement.ts";

/** Measurements of two sides that hold the same numbers. */
export type BothSides = readonly [baseline: readonly Measurement[], now: readonly Measurement[]];

/**
 * Leaves out the errors near the end of the runs where a measurement of either side lacks them, as those of an earlier
 * version do. Then the final errors are compared on both sides, and never one kind with the other.
 */
export function makeAlike(baseline: readonly Measurement[], now: readonly Measurement[]): BothSides {
  const complete = [...baseline, ...now].every(
    ({ lateLoss, heldOutError, lateHeldOutError }) =>
      lateLoss !== undefined && (heldOutError === undefined || lateHeldOutError !== undefined),
  );
  return complete ? [baseline, now] : [baseline.map(withoutLate), now.map(withoutLate)];
}

function withoutLate({ lateLoss: _, lateHeldOutError: _1, ...rest }: Measurement): Measurement {
  return rest;
}
