import { atMost, type Law } from "./law.ts";

/** Long enough to pass through several batches and every random stream; a difference at step 1 stays. */
const STEPS = 25;

/** Engines that reorder sums may differ in the last bits, which training then magnifies. */
const TOLERANCE_WITHOUT_BIT_EXACTNESS = 0.01;

/** The same seed gives the same run: without that, no failure can be replayed. */
export const learnsTheSameTwice: Law = {
  name: "learnsTheSameTwice",
  trains: true,
  claim: "trained twice from one seed, it learns the same",
  async measure({ run, train, subject, bitExact }) {
    const first = (await run()).trace.losses;
    const second = (await train({ ...subject, heldOut: null, steps: Math.min(STEPS, subject.steps) })).trace
      .losses;
    const measured = Math.max(...second.map((loss, step) => relativeDifference(loss, first[step] as number)));
    const threshold = bitExact ? 0 : TOLERANCE_WITHOUT_BIT_EXACTNESS;
    return atMost(
      measured,
      threshold,
      `largest relative difference between the losses of the first ${second.length} steps`,
    );
  },
};

/** 0 for two NaNs or two equal infinities: failing alike is learning alike. */
function relativeDifference(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const difference = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
}
