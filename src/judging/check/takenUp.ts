// A script may train a base first, and then a network that takes it up: the later training is what the script is about. The
// first one need not be good for that, as where a base is trained for a few epochs on a task beside the matter.

import { type Examination, stateOf } from "../examine.ts";
import { measuredRatio } from "../outcome/ownMeasure.ts";
import type { LaterTraining } from "./what/whatKind.ts";

/** An output whose error is this share of the best constant's, or more, has learnt nothing. */
const OF_A_CONSTANT = 1;

/**
 * Whether a later training may take up what a run has learnt: it holds, or it is weak, but beats a constant at some output.
 * One that has diverged leaves nothing to take up, and nothing is known of one that is unfinished. Nor does one leave anything that
 * has collapsed, unless the later one thaws what it kept frozen: a warm-up on a base that knows nothing of the task
 * need not learn, since the base is yet to do so.
 */
export function leavesSomething(examination: Examination, { thaws }: Pick<LaterTraining, "thaws">): boolean {
  const { verdict, run } = examination;
  if (stateOf(examination) === "holds") return true;
  if (verdict === "collapsed") return thaws;
  if (verdict !== "learns" && verdict !== "stalled") return false;
  return run.train.outputs.some(({ measured, lossOverVariance }) => {
    const share = measured ? measuredRatio(measured) : lossOverVariance;
    return share !== null && share < OF_A_CONSTANT;
  });
}

/** What is weak about a run: its verdict, and the laws that it breaks; null where it holds. */
export function weaknessOf(examination: Examination): string | null {
  if (stateOf(examination) === "holds") return null;
  const { verdict, laws } = examination;
  const broken = laws.filter(({ holds }) => !holds).map(({ name }) => name);
  const isToldByLaws = verdict === "learns" && broken.length > 0;
  return [...(isToldByLaws ? [] : [verdict]), ...broken].join(", ");
}
