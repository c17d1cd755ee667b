import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Criterion } from "../loss/criterion.ts";
import type { Examples } from "../subject/examples.ts";
import { sampleExamples } from "../subject/sample.ts";
import type { Subject } from "../subject/subject.ts";
import { type Evaluation, evaluate, judgedError } from "./evaluation.ts";

/** The errors of a model at several steps near the end of its run, over Var(Y); NaN or infinite where one is not finite. */
export interface LateErrors {
  /** On the training examples that the run is judged on. */
  readonly train: readonly number[];
  /** On at most {@link MOST_HELD_OUT} held-out examples; empty if there are none. */
  readonly heldOut: readonly number[];
}

/** The last fifth of a run: the error has almost reached its final level there. */
const SHARE = 1 / 5;

/** Neighbouring steps of one run are alike, so that more points would add little. */
const POINTS = 8;

/** All points together then cost less than a tenth of most runs. */
const MOST_HELD_OUT = 1024;

/** Returns the numbers of updates after which the errors are measured: evenly spaced, the last update included. */
export function lateSteps(steps: number): readonly number[] {
  const places = Array.from({ length: POINTS }, (_, index) =>
    Math.round(steps * (1 - (SHARE * (POINTS - 1 - index)) / (POINTS - 1))),
  );
  return [...new Set(places)].filter((step) => step > 0);
}

/** Collects the errors of one run. */
export interface LateWatch {
  readonly errors: LateErrors;
  /** Whether this is one of the late steps. @param updates made so far */
  measuresAfter(updates: number): boolean;
  /** Measures the model as it is. */
  measure(): Promise<void>;
}

/** Measures a model at its late steps. It draws nothing at random, so the run's digest does not depend on it. */
export function watchLateErrors(subject: Subject, model: LayersModel, criterion: Criterion): LateWatch {
  const { train, heldOut, seed, steps } = subject;
  const places = new Set(lateSteps(steps));
  const sets = {
    train: sampleExamples(train, seed),
    heldOut: heldOut && sampleExamples(heldOut, seed, MOST_HELD_OUT),
  };
  const errors = { train: [] as number[], heldOut: [] as number[] };
  const errorOn = async (examples: Examples) => errorOf(await evaluate(model, examples, criterion));
  return {
    errors,
    measuresAfter: (updates) => places.has(updates),
    async measure() {
      errors.train.push(await errorOn(sets.train));
      if (sets.heldOut) errors.heldOut.push(await errorOn(sets.heldOut));
    },
  };
}

/**
 * Returns the error that the verdict judges: the squared error over Var(Y) or, for an error measure of the subject's own,
 * the error over that of the best constant, averaged over the outputs. Where the targets are constant it is the error
 * itself, since Var(Y) is 0.
 */
export function errorOf(evaluation: Evaluation): number {
  return judgedError(evaluation) ?? evaluation.meanSquaredError;
}
