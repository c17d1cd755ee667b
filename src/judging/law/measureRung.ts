import { leastOf } from "../../foundation/numbers/extremes.ts";
import type { Evaluation } from "../../learning/training/evaluation.ts";
import { hasOpenEnd } from "../outcome/openEnd.ts";
import { relativeError, type VarianceOf } from "../outcome/relativeError.ts";
import { judge } from "../outcome/verdict.ts";
import { type Attempt, climbRung, type Rung } from "../rung/rung.ts";
import { atMost, type LawContext, type Measurement } from "./law.ts";

/** Attempts at a rung before a law counts as broken. */
export const ATTEMPTS = 3;

/** The examples that a law trains on, and the error that it demands. */
export interface AskedRung {
  readonly choices: readonly (readonly number[])[];
  /** The number that the mean squared error of an output is divided by, such as the error of a constant. */
  readonly variance: VarianceOf;
  /** The rung is climbed where mean squared error over `variance` is at most this. */
  readonly threshold: number;
}

/** Returns when the examples of a rung count as known, and how often it is tried. */
export function rungOf({ choices, variance, threshold }: AskedRung): Rung {
  const isKnown = (evaluation: Evaluation) => relativeError(evaluation, variance) <= threshold;
  return { choices, isKnown, attempts: ATTEMPTS };
}

/**
 * Trains the subject on a few examples, up to three times, and measures the least error that it reached. Where the context
 * asks the own run first, nothing is trained if that knows them.
 *
 * @param measureOwn measures whether the subject's own run knows the examples, null if it does not. It is asked after the
 * first attempt that failed, and where it holds, no other attempt is made: they are long. Nor is one made where the own run
 * was ended early, since it might still learn the examples whatever attempts show. @defaultValue attempts alone decide
 */
export async function measureRung(
  context: LawContext,
  asked: AskedRung,
  measureOwn?: () => Promise<Measurement | null>,
): Promise<Measurement> {
  let own = context.asksOwnRunFirst ? ((await measureOwn?.()) ?? null) : null;
  if (own) return own;
  const isOpen = async () => {
    const run = await context.run();
    return hasOpenEnd(run, context.subject, judge(run, context.thresholds));
  };
  const isSettled = async () => {
    own ??= (await measureOwn?.()) ?? null;
    return own !== null || (measureOwn !== undefined && (await isOpen()));
  };
  const tried = await climbRung(context.subject, { ...rungOf(asked), isSettled }, context.attempt);
  const rung = measureBest(tried, asked);
  return rung.holds ? rung : (own ?? (await measureOwn?.()) ?? rung);
}

function measureBest(tried: readonly Attempt[], { variance, threshold }: AskedRung): Measurement {
  const errorOf = (evaluation: Evaluation) => relativeError(evaluation, variance);
  const errors = tried.map(({ run }) => errorOf(run.train)).filter((error) => !Number.isNaN(error));
  const least = leastOf(errors);
  const best = tried.find(({ run }) => errorOf(run.train) === least);
  if (!best || !Number.isFinite(least))
    return atMost(least, threshold, "error over variance was never finite");
  const { count } = best.subject.train;
  const examples = `${count} example${count === 1 ? "" : "s"}`;
  return atMost(
    least,
    threshold,
    `${describeError(best.run.train)} after ${best.run.steps} steps on ${examples}`,
  );
}

/** Says what the relative error is: an error of the first degree is squared, so that it compares with squared errors. */
function describeError({ outputs }: Evaluation): string {
  const [only] = outputs;
  if (outputs.length !== 1 || !only?.measured) return "error over variance";
  const { name, degree } = only.measured;
  return degree === 1 ? `(${name} / that of the best constant)²` : `${name} / that of the best constant`;
}
