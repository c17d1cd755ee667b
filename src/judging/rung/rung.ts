// A rung of the ladder: a network that cannot drive the error on a handful of examples to nearly zero will not learn
// thousands. The laws, the ladder and the gate all climb by this code; they differ in what counts as known, and in how
// often they try.
//
// A rung is trained full batch with the subject's own model and optimizer. It stops at the first hit, since Adam can
// bounce away from a minimum that it has found, and where the network predicts one constant for good. A healthy network
// can stick on a small rung, when few of its units are alive or a sigmoid output overshoots to where its gradient is 0
// (about 1 of 100 measured runs), so a failed rung can be tried again from other seeds, and on other examples.

import { laterSeed } from "../../foundation/random/seed.ts";
import { onExamples, type Subject } from "../../learning/subject/subject.ts";
import type { Evaluation } from "../../learning/training/evaluation.ts";
import type { StoppingRule, TrainingRun } from "../../learning/training/train.ts";

/**
 * Mean squared error over variance that counts as near zero: the box found to within a pixel of 32. Healthy
 * networks with Adam go on to 1e-3 and below, RMSProp hovers around 0.01; a constant scores 1 or more.
 */
export const NEAR_ZERO = 0.02;

/** Steps between two looks at whether a rung is climbed; each look costs a forward pass. */
const ASK_EVERY = 5;

/** Healthy networks took 20 to 210 steps for a rung, in 312 measured. */
const MIN_STEPS = 400;
const MAX_STEPS = 1000;

/** The steps that a rung may take: as many as the subject's own run, within bounds. */
export function rungSteps({ steps }: Subject): number {
  return Math.min(MAX_STEPS, Math.max(MIN_STEPS, steps));
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
  /** Indices of the examples to learn; a failed attempt goes on to the next choice, or back to the first. */
  readonly choices: readonly (readonly number[])[];
  /** Whether the examples count as known. */
  readonly isKnown: (evaluation: Evaluation) => boolean;
  /** How often it is tried, each time from the next seed. */
  readonly attempts: number;
  /** Steps between two looks at whether it is climbed. @defaultValue 5 */
  readonly every?: number;
}

/** One try at a rung. */
export interface Attempt {
  /** The subject on the rung's examples alone, under this try's seed. */
  readonly subject: Subject;
  readonly run: TrainingRun;
  /** Whether the examples are known at its end. */
  readonly climbed: boolean;
}

/** How a rung trains: as {@link train} does, under the caller's options. */
type TrainRung = (subject: Subject, until: StoppingRule) => Promise<TrainingRun>;

/** Trains the subject on a few examples until it knows them, or until all attempts are spent. */
export async function climbRung(
  subject: Subject,
  { choices, isKnown, attempts, every = ASK_EVERY }: Rung,
  train: TrainRung,
): Promise<readonly [Attempt, ...Attempt[]]> {
  const until: StoppingRule = { every, reached: isKnown, isHopeless: isDead };
  const steps = rungSteps(subject);
  const attempt = async (number: number): Promise<Attempt> => {
    const indices = choices[number % choices.length] as readonly number[];
    const few = { ...onExamples(subject, indices, steps), seed: laterSeed(subject.seed, number) };
    const run = await train(few, until);
    return { subject: few, run, climbed: run.finite && isKnown(run.train) };
  };
  const tried: [Attempt, ...Attempt[]] = [await attempt(0)];
  while (tried.length < attempts && !tried.at(-1)?.climbed) tried.push(await attempt(tried.length));
  return tried;
}

/** The indices of the first `count` examples. */
export function firstIndices(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
