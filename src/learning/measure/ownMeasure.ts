// Checks an error measure that a project wrote, so that the verdict can rest on it.

import { Tensor, tidy } from "@tensorflow/tfjs-core";
import { InputError } from "../../foundation/input/inputError.ts";
import { largestOf } from "../../foundation/numbers/extremes.ts";
import { perExample } from "../loss/loss.ts";
import { ask, type Callback, wrongAnswer } from "../subject/own/blame.ts";
import { isPromise } from "../subject/own/later.ts";
import type { ErrorMeasure, ErrorsOf } from "./errorMeasure.ts";
import type { MeasureFunction } from "./namedMeasures.ts";

/** The name by which results show a function that a project gave. */
export const OWN_MEASURE = "own error measure";

/**
 * Wraps a project's error measure: it checks that each answer has one value for each example.
 *
 * @throws {InputError} from the measure, if it throws or its answer breaks a rule.
 */
export function ownMeasure(subject: string, written: MeasureFunction): MeasureFunction {
  const callback = callbackOf(subject);
  return (targets, predictions) =>
    tidy(() => {
      const value: unknown = ask(callback, () => written(targets, predictions));
      if (isPromise(value)) {
        // A later rejection is ignored, because the error below is thrown anyway.
        value.catch(() => {});
        throw wrongAnswer(
          callback,
          "must return its errors at once; write it without async and await",
          "a promise",
        );
      }
      if (!(value instanceof Tensor))
        throw wrongAnswer(
          callback,
          "must return a tensor of one error for each example; make it by operations of TensorFlow.js",
          value,
        );
      if (value.rank >= 1 && value.shape[0] === targets.shape[0]) return perExample(value);
      throw wrongAnswer(
        callback,
        `must return one error for each example, [${targets.shape[0]}]; leave out the mean over the examples`,
        `a tensor of shape [${value.shape.join(", ")}]`,
      );
    });
}

/** Adds the checks that need the numbers: no error is negative, and none is NaN where the predictions are finite. */
export function checkingErrors(subject: string, measure: ErrorsOf): ErrorsOf {
  return {
    async errorsOf(targets, predictions) {
      const errors = await measure.errorsOf(targets, predictions);
      const wrong = errors.find((error) => error < 0 || Number.isNaN(error));
      if (wrong !== undefined && predictions.every(Number.isFinite))
        throw wrongAnswer(
          callbackOf(subject),
          "must return errors of 0 or more for all finite predictions; correct it",
          String(wrong),
        );
      return errors;
    },
  };
}

/** An error at predictions that equal the targets may be this share of a constant's, for the sake of rounding. */
const ROUNDING = 0.01;

/**
 * Verifies that predictions which equal their targets have no error, and that some constant has a finite one.
 *
 * @param targets rows of the output's targets.
 * @throws {InputError} where it is not so.
 */
export async function verifyMeasure(
  subject: string,
  measure: ErrorMeasure,
  targets: Float32Array,
): Promise<void> {
  const atTargets = largestOf(await measure.errorsOf(targets, targets));
  const { error } = await measure.best();
  if (!Number.isFinite(error))
    throw wrongAnswer(
      callbackOf(subject),
      "must give some constant prediction a finite error, since the verdict divides by it; correct it",
      String(error),
    );
  if (atTargets > Math.max(ROUNDING * error, Number.EPSILON))
    throw wrongAnswer(
      callbackOf(subject),
      "must be 0 where the predictions equal the targets; subtract what is left there",
      atTargets,
    );
}

/** Creates the error for a measure that is neither a function nor a known name. */
export function noMeasure(field: string, names: readonly string[], got: unknown): InputError {
  return new InputError({
    code: "invalid-value",
    field,
    message: `must be a function of targets and predictions that returns one error for each example, or one of ${names.map((name) => `"${name}"`).join(", ")}`,
    got,
  });
}

function callbackOf(subject: string): Callback {
  return { subject, name: "errorMeasure" };
}
