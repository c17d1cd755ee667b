// The rungs of the ladder: a network that cannot drive the error on a handful of examples to nearly zero
// will not learn thousands.
//
// A rung is trained full batch with the subject's own model and optimizer and stops at the first hit,
// since Adam can bounce away from a minimum it has found, and where its units are dead. A healthy network can stick on a small rung, when
// few of its units are alive or a sigmoid output overshoots to where its gradient is 0 (about 1 of 100
// measured runs), so a failed rung is tried again from other seeds, where it can on other examples.

import { LARGEST_SEED } from "../../foundation/random/seed.ts";
import { onExamples, type Subject } from "../../learning/subject/subject.ts";
import type { Evaluation } from "../../learning/training/evaluation.ts";
import type { LawContext, Measurement } from "../law/law.ts";

/**
 * Mean squared error over variance that counts as near zero: the box found to within a pixel of 32. Healthy
 * networks with Adam go on to 1e-3 and below, RMSProp hovers around 0.01; a constant scores 1 or more.
 */
export const NEAR_ZERO = 0.02;

/** A rung is asked every few steps whether it is climbed; each asking costs a forward pass. */
const ASK_EVERY = 5;

/** Healthy networks took 20 to 210 steps for a rung, in 312 measured. */
const FEWEST_STEPS = 400;
const MOST_STEPS = 1000;

const ATTEMPTS = 3;

/** The steps a rung may take: as many as the subject's own run, within bounds. */
export function rungSteps({ steps }: Subject): number {
  return Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, steps));
}

/** A variance ratio below this is that of a constant, and after so many steps it stays one: in 915 of 915 runs. */
const CONSTANT = 1e-12;
const FOR_GOOD = 100;

/** Whether a network predicts one constant for good. One example alone cannot tell. */
function isDead({ examples, varianceRatio }: Evaluation, steps: number): boolean {
  return steps >= FOR_GOOD && examples > 1 && varianceRatio !== null && varianceRatio < CONSTANT;
}

/** What a rung asks. */
export interface Rung {
  /** The examples to learn; a failed attempt goes on to the next choice, or back to the first. */
  readonly choices: readonly (readonly number[])[];
  /** What the mean squared error is measured against: the error of a constant, say. */
  readonly variance: (evaluation: Evaluation) => number;
  /** The rung is climbed where mean squared error over `variance` is at most this. */
  readonly threshold: number;
}

/** Trains the subject on a few examples until it knows them, up to three times from different seeds. */
export async function climb(context: LawContext, rung: Rung): Promise<Measurement> {
  const { subject } = context;
  const { choices, threshold } = rung;
  const relativeError = (evaluation: Evaluation) =>
    // Classes are known where each is named rightly, however unsure.
    evaluation.errorOverPrior === 0 ? 0 : evaluation.meanSquaredError / rung.variance(evaluation);
  const until = {
    every: ASK_EVERY,
    reached: (evaluation: Evaluation) => relativeError(evaluation) <= threshold,
    isHopeless: isDead,
  };
  let least = Number.POSITIVE_INFINITY;
  let detail = "";
  for (let attempt = 0; attempt < ATTEMPTS && !(least <= threshold); attempt++) {
    const indices = choices[attempt % choices.length] as readonly number[];
    const seed = ((subject.seed + attempt - 1) % LARGEST_SEED) + 1;
    const run = await context.train({ ...onExamples(subject, indices, rungSteps(subject)), seed }, until);
    const measured = relativeError(run.train);
    if (!(measured < least)) continue;
    least = measured;
    detail = `error over variance after ${run.steps} steps on ${indices.length} example${indices.length === 1 ? "" : "s"}`;
  }
  const finite = Number.isFinite(least);
  return {
    measured: finite ? least : null,
    threshold,
    bound: "≤",
    holds: least <= threshold,
    detail: finite ? detail : "error over variance was never finite",
  };
}
