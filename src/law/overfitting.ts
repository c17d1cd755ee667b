// The rungs of the ladder: a network that cannot drive the error on a handful of examples to nearly zero
// will not learn thousands.
//
// A rung is trained full batch with the subject's own model and optimizer and stops at the first hit,
// since Adam can bounce away from a minimum it has found. A healthy network can stick on a small rung
// when few of its units are alive (2 of 760 measured runs), so a failed rung is tried once more from
// another seed: both fail by chance in fewer than 1 of 100,000.

import { onExamples, type Subject } from "../subject/subject.ts";
import type { Evaluation } from "../training/evaluation.ts";
import type { LawContext, Measurement } from "./law.ts";

/** A rung is asked every few steps whether it is climbed; each asking costs a forward pass. */
const ASK_EVERY = 5;

/** Healthy networks took at most 160 steps for a rung (COLLAPSE figures), slow optimizers a few times more. */
const FEWEST_STEPS = 300;
const MOST_STEPS = 1000;

/** The steps a rung may take: as many as the subject's own run, within bounds. */
export function rungSteps({ steps }: Subject): number {
  return Math.min(MOST_STEPS, Math.max(FEWEST_STEPS, steps));
}

/**
 * Trains the subject on the examples at `indices` until its mean squared error over `variance` falls to
 * `threshold`, from the subject's seed and, if that fails, once from the next.
 */
export async function climb(
  context: LawContext,
  indices: readonly number[],
  variance: (evaluation: Evaluation) => number,
  threshold: number,
): Promise<Measurement> {
  const { subject } = context;
  const rung = onExamples(subject, indices, rungSteps(subject));
  const relativeError = (evaluation: Evaluation) => evaluation.meanSquaredError / variance(evaluation);
  const until = {
    every: ASK_EVERY,
    reached: (evaluation: Evaluation) => relativeError(evaluation) <= threshold,
  };
  let measured = Number.NaN;
  let steps = 0;
  for (const seed of [subject.seed, nextSeed(subject.seed)]) {
    const run = await context.train({ ...rung, seed }, until);
    measured = relativeError(run.train);
    steps = run.steps;
    if (measured <= threshold) break;
  }
  return {
    measured: Number.isFinite(measured) ? measured : null,
    threshold,
    holds: measured <= threshold,
    detail: `loss over variance after ${steps} steps on ${indices.length} example${indices.length === 1 ? "" : "s"}`,
  };
}

function nextSeed(seed: number): number {
  return seed === 1 ? 2 : seed - 1;
}
