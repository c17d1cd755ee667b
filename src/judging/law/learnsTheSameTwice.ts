import { largestOf } from "../../foundation/numbers/extremes.ts";
import type { Examples } from "../../learning/subject/examples.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { atMost, type Law, type Measurement } from "./law.ts";

type Redrawn = Awaited<ReturnType<NonNullable<Subject["redraw"]>>>;

/** So many steps pass through several batches and every random stream. A difference at step 1 persists to the end. */
const STEPS = 25;

/** Engines that reorder sums may differ in the last bits, and training magnifies such differences. */
const TOLERANCE_WITHOUT_BIT_EXACTNESS = 0.01;

/** The same seed must give the same run. Otherwise no failure can be replayed. */
export const learnsTheSameTwice: Law = {
  name: "learnsTheSameTwice",
  trains: true,
  claim: "trained twice from one seed, it learns the same",
  async measure({ run, train, subject, bitExact }) {
    const redrawn = await subject.redraw?.();
    const others = redrawn && otherExamples(redrawn);
    if (others) return others;
    const first = (await run()).trace.losses;
    const steps = Math.min(STEPS, first.length);
    const { optimizer } = subject;
    // Where the rate is lowered by what the held-out examples say, they are asked again.
    const asksHeldOut = typeof optimizer !== "function" && optimizer.onPlateau !== undefined;
    const heldOut = asksHeldOut ? subject.heldOut : null;
    const again = { ...subject, heldOut, earlyStopping: undefined, steps };
    const second = (await train(again)).trace.losses;
    const measured = largestOf(second.map((loss, step) => relativeDifference(loss, first[step] as number)));
    const threshold = bitExact ? 0 : TOLERANCE_WITHOUT_BIT_EXACTNESS;
    const from = second.length > 0 && relativeDifference(second[0] as number, first[0] as number) > threshold;
    return atMost(
      measured,
      threshold,
      `largest relative difference between the losses of the first ${second.length} steps${from ? ": they differ before the first update, so that the model is another one each time it is built" : ""}`,
    );
  },
};

/** Measures the share of examples that change when they are drawn again. No run on such examples can be replayed. */
function otherExamples({ first, second }: Redrawn): Measurement | null {
  for (const [set, name] of [
    ["train", "training"],
    ["heldOut", "held-out"],
  ] as const) {
    const [before, after] = [first[set], second[set]];
    const share = before === null || after === null ? Number(before !== after) : shareOfOthers(before, after);
    if (share > 0)
      return atMost(
        share,
        0,
        `share of the ${name} examples that are others when the subject's code draws them again: it must depend on its seed alone, neither on Math.random nor on the clock`,
      );
  }
  return null;
}

function shareOfOthers(before: Examples, after: Examples): number {
  const isSame = (a: Float32Array, b: Float32Array, row: number, size: number) => {
    for (let at = row * size; at < (row + 1) * size; at++) if (!Object.is(a[at], b[at])) return false;
    return true;
  };
  if (before.inputs.length !== after.inputs.length || before.outputs !== after.outputs) return 1;
  const inputSize = before.inputs.length / before.count;
  const [weights, weightsAfter] = [before.weights, after.weights];
  if (weights?.length !== weightsAfter?.length) return 1;
  let others = 0;
  for (let row = 0; row < before.count; row++) {
    const same =
      isSame(before.inputs, after.inputs, row, inputSize) &&
      isSame(before.targets, after.targets, row, before.outputs) &&
      (!weights || isSame(weights, weightsAfter as Float32Array, row, weights.length / before.count));
    if (!same) others++;
  }
  return others / before.count;
}

/** Returns 0 for two NaNs or two equal infinities, since both runs then fail in the same way. */
function relativeDifference(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  const difference = Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
}
