// This file trains one rung of the ladder: a network that cannot drive the error on a handful of examples to nearly
// zero will not learn thousands. The laws, the ladder and the gate all use this code. They differ in the error that
// they accept and in the number of attempts.
//
// A rung trains full batch with the subject's own model and optimizer. Training stops as soon as the examples are
// known, since Adam can bounce away from a minimum that it has found. It also stops when the network predicts one
// constant for good. A healthy network can get stuck on a small rung, when few of its units are alive or when a sigmoid
// output overshoots to where its gradient is 0 (about 1 of 100 measured runs). A failed rung can therefore be tried
// again from other seeds and on other examples.

import { laterSeed } from "../../foundation/random/seed.ts";
import { onExamples, type Subject } from "../../learning/subject/subject.ts";
import type { Evaluation } from "../../learning/training/evaluation.ts";
import type { StoppingRule, TrainingRun } from "../../learning/training/train.ts";

/**
 * Mean squared error over variance that counts as near zero: it locates the box to within a pixel of 32. Healthy
 * networks reach 1e-3 and below with Adam and hover around 0.01 with RMSProp; a constant scores 1 or more.
 */
export const NEAR_ZERO = 0.02;

/** Steps between two evaluations of whether a rung is climbed; each evaluation costs a forward pass. */
const ASK_EVERY = 5;

/** Bounds on the steps of a rung. In 312 measured runs, healthy networks took 20 to 210 steps. */
const MIN_STEPS = 400;
const MAX_STEPS = 1000;

/** Returns the steps that a rung may take: as many as the subject's own run, within bounds. */
export function rungSteps({ steps }: Subject): number {
  return Math.min(MAX_STEPS, Math.max(MIN_STEPS, steps));
}

/** A variance ratio below this means constant predictions. After 100 steps they stayed constant in 915 of 915 runs. */
const CONSTANT = 1e-12;
const FOR_GOOD = 100;

/** Whether a network predicts one constant for good. A single example cannot show this. */
function isDead({ examples, varianceRatio }: Evaluation, steps: number): boolean {
  return steps >= FOR_GOOD && examples > 1 && varianceRatio !== null && varianceRatio < CONSTANT;
}

/** The examples of a rung and when they count as known. */
export interface Rung {
  /** Index lists of examples to learn. After a failed attempt the next list is tried, and after the last the first. */
  readonly choices: readonly (readonly number[])[];
  /** Whether the examples count as known. */
  readonly isKnown: (evaluation: Evaluation) => boolean;
  /** The most attempts; each uses the next seed. */
  readonly attempts: number;
  /** Whether nothing more is asked of the rung; asked after an attempt that failed. @defaultValue never */
  readonly isSettled?: () => Promise<boolean>;
  /** Steps between two evaluations of whether it is climbed. @defaultValue 5 */
  readonly every?: number;
}

/** One attempt at a rung. */
export interface Attempt {
  /** The subject with only the rung's examples, under this attempt's seed. */
  readonly subject: Subject;
  readonly run: TrainingRun;
  /** Whether the examples are known at the end. */
  readonly climbed: boolean;
}

/** Trains the subject of an attempt as {@link train} does, with the caller's options. */
type TrainRung = (subject: Subject, until: StoppingRule, number: number) => Promise<TrainingRun>;

/** Trains the subject on a few examples until it knows them, or until all attempts are spent. */
export async function climbRung(
  subject: Subject,
  rung: Rung,
  train: TrainRung,
): Promise<readonly [Attempt, ...Attempt[]]> {
  const tried: [Attempt, ...Attempt[]] = [await attemptRung(subject, rung, 0, train)];
  while (tried.length < rung.attempts && !tried.at(-1)?.climbed && !(await rung.isSettled?.()))
    tried.push(await attemptRung(subject, rung, tried.length, train));
  return tried;
}

/**
 * The subject without a schedule that lowers its rate: that of a long run may have lowered it before a rung, which takes
 * all examples at a step, is climbed.
 */
function atFullRate(subject: Subject): Subject {
  const { optimizer } = subject;
  if (typeof optimizer === "function" || !optimizer.schedule) return subject;
  return { ...subject, optimizer: { ...optimizer, schedule: undefined } };
}

/** Makes one attempt at a rung. @param number of the attempt, from 0; it determines the examples and the seed. */
export async function attemptRung(
  subject: Subject,
  { choices, isKnown, every = ASK_EVERY }: Rung,
  number: number,
  train: TrainRung,
): Promise<Attempt> {
  const until: StoppingRule = { every, reached: isKnown, isHopeless: isDead };
  const indices = choices[number % choices.length] as readonly number[];
  const few = {
    ...onExamples(number === 0 ? subject : atFullRate(subject), indices, rungSteps(subject)),
    seed: laterSeed(subject.seed, number),
  };
  const run = await train(few, until, number);
  return { subject: few, run, climbed: run.finite && isKnown(run.train) };
}
