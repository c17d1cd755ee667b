// The error measures that a config may name. Each returns one error for each place of an example, or one for the whole
// example; the caller averages them.

import {
  abs,
  add,
  argMax,
  cast,
  div,
  greaterEqual,
  maximum,
  mod,
  mul,
  notEqual,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
} from "@tensorflow/tfjs-core";
import type { MeasureName } from "../config/measureNames.ts";
import { perExample } from "../loss/loss.ts";

/** Measures errors of predictions; both tensors are `[examples, ...shape of the output]`. */
export type MeasureFunction = (targets: Tensor, predictions: Tensor) => Tensor;

/** Keeps the length of a row of zeros from dividing by 0. */
const LEAST_LENGTH = 1e-7;

/** Computes 0 where the right class is named and 1 elsewhere; one number on the last axis means class 1 from 0.5. */
const accuracy: MeasureFunction = (targets, predictions) => {
  const classOf = (table: Tensor) =>
    table.shape.at(-1) === 1 ? cast(greaterEqual(table, 0.5), "int32") : argMax(table, -1);
  return cast(notEqual(classOf(targets), classOf(predictions)), "float32");
};

/** Computes 0 where a prediction is on the target's side of 0, and 1 elsewhere. */
const wrongSigns: MeasureFunction = (targets, predictions) =>
  cast(notEqual(greaterEqual(targets, 0), greaterEqual(predictions, 0)), "float32");

/** Computes 1 − the cosine of the angle between the rows along the last axis: 0 for the same direction, 2 for the opposite. */
const cosineDistance: MeasureFunction = (targets, predictions) => {
  const unit = (table: Tensor) => div(table, maximum(sqrt(sum(square(table), -1, true)), LEAST_LENGTH));
  // Half the squared distance of two unit vectors is the same number, and exactly 0 for equal ones.
  return mul(0.5, sum(square(sub(unit(targets), unit(predictions))), -1));
};

/** Computes the difference on a circle, from 0 to half a turn. */
const angle =
  (turn: number): MeasureFunction =>
  (targets, predictions) => {
    // The remainder is half a turn where both angles are equal.
    const shifted = mod(add(sub(predictions, targets), turn / 2), turn);
    return abs(sub(shifted, turn / 2));
  };

const meanAbsoluteError: MeasureFunction = (targets, predictions) => abs(sub(targets, predictions));

/** The error measures by their names. */
const namedMeasures: Readonly<Record<MeasureName, MeasureFunction>> = {
  meanAbsoluteError,
  accuracy,
  wrongSigns,
  cosineDistance,
  angleInDegrees: angle(360),
  angleInRadians: angle(2 * Math.PI),
};

/** Returns a named measure that gives one error for each example. */
export function namedMeasure(name: MeasureName): MeasureFunction {
  return (targets, predictions) => perExample(namedMeasures[name](targets, predictions));
}
