// Held-out rows and those that a script asks about are often two samples of the same data. Where noise leaves much, chance
// answers one of them just below a bound and the other just above it.

import { classesOfRows } from "../../../foundation/numbers/classError.ts";
import { average, columnVariances } from "../../../foundation/numbers/statistics.ts";
import type { Evaluation, OutputEvaluation } from "../../../learning/training/evaluation.ts";
import { BY_CHANCE } from "../../outcome/chanceOfError.ts";

/** With fewer held-out rows, nearly any difference may be chance. */
const FEWEST_ROWS = 50;

/** Whether rows are answered worse than held-out ones by no more than chance gives two samples of the same data. */
export function differByChance(asked: Evaluation, heldOut: Evaluation): boolean {
  const [own, ...others] = asked.outputs;
  const [known] = heldOut.outputs;
  if (!own || !known || others.length > 0 || known.examples < FEWEST_ROWS) return false;
  const [worse, better] = [errorsOfRows(own), errorsOfRows(known)];
  const squared = [worse, better].reduce((sum, errors) => sum + varianceOf(errors) / errors.length, 0);
  return average([...worse]) - average([...better]) < BY_CHANCE * Math.sqrt(squared);
}

/** Whether each row's class is wrong, or its squared error. */
function errorsOfRows({
  classification,
  shape,
  examples,
  predictions,
  targets,
}: OutputEvaluation): Float32Array {
  const classes = shape.at(-1) ?? 1;
  if (classification && shape.length === 1) {
    const wanted = classesOfRows(targets, classes);
    return Float32Array.from(classesOfRows(predictions, classes), (one, row) =>
      one === wanted[row] ? 0 : 1,
    );
  }
  const columns = targets.length / examples;
  return Float32Array.from({ length: examples }, (_, row) => {
    let sum = 0;
    for (let at = row * columns; at < (row + 1) * columns; at++)
      sum += ((predictions[at] as number) - (targets[at] as number)) ** 2;
    return sum;
  });
}

function varianceOf(errors: Float32Array): number {
  return columnVariances(errors, 1)[0] ?? 0;
}
