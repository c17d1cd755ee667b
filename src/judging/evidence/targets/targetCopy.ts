// A column of a table that is the target in other numbers, such as the price in another currency, or its logarithm.

import { classesOfRows } from "../../../foundation/numbers/classError.ts";
import { columnOf, columnVariances } from "../../../foundation/numbers/statistics.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { leftByReferences } from "../reference/attainable.ts";

/** With fewer columns, the target may rightly be one of them: `y = 2 * x` is the first program of many. */
const FEWEST_COLUMNS = 3;
const MOST_COLUMNS = 64;
/** Among fewer rows, a column may run with the target by chance. */
const FEWEST_ROWS = 50;
/** A column whose numbers differ so little from row to row, once sorted by another, is a function of that other. */
const DETERMINED = 0.01;
/** What the other columns may leave of the target, if they are to have something to do with it. */
const MOST_LEFT = 0.8;

/**
 * Finds the column that is a copy of the only target: it rises or falls strictly with the target in every row, or names
 * its classes one to one. A task that asks for a function of one column and gives others beside it is none: the other
 * columns must tell something of the target as well, without being functions of the copy.
 *
 * @returns the column's place; null where there is none.
 */
export function findTargetCopy(train: Examples): number | null {
  const { inputShape, outputs, classification = false, count } = train;
  const [columns = 0] = inputShape;
  if (inputShape.length !== 1 || train.inputParts || train.targetParts || count < FEWEST_ROWS) return null;
  if (columns < FEWEST_COLUMNS || columns > MOST_COLUMNS || (outputs > 1 && !classification)) return null;
  const targets = outputs === 1 ? train.targets : Float32Array.from(classesOfRows(train.targets, outputs));
  for (let place = 0; place < columns; place++) {
    const column = columnOf(train.inputs, columns, place);
    const isCopy = classification ? nameEachOther(column, targets) : runTogether(column, targets);
    if (isCopy && othersTell(train, place)) return place;
  }
  return null;
}

function orderOf(values: Float32Array): number[] {
  return Array.from(values.keys()).sort((a, b) => (values[a] as number) - (values[b] as number));
}

/** Whether a column rises, or falls, wherever the target rises, and is the same only where the target is. */
function runTogether(column: Float32Array, targets: Float32Array): boolean {
  const order = orderOf(column);
  const steps = order.slice(1).map((row, at) => {
    const before = order[at] as number;
    const ofTarget = Math.sign((targets[row] as number) - (targets[before] as number));
    return [Math.sign((column[row] as number) - (column[before] as number)), ofTarget] as const;
  });
  const runsBy = (sign: number) => steps.every(([own, ofTarget]) => ofTarget === sign * own);
  const changes = steps.filter(([, ofTarget]) => ofTarget !== 0).length;
  return changes >= FEWEST_ROWS / 2 && (runsBy(1) || runsBy(-1));
}

/** Whether numbers and classes stand for each other one to one. */
function nameEachOther(column: Float32Array, classes: Float32Array): boolean {
  const [classOf, numberOf] = [new Map<number, number>(), new Map<number, number>()];
  for (const [row, value] of column.entries()) {
    const label = classes[row] as number;
    if ((classOf.get(value) ?? label) !== label || (numberOf.get(label) ?? value) !== value) return false;
    classOf.set(value, label);
    numberOf.set(label, value);
  }
  return classOf.size > 1;
}

/** Whether the columns that are no functions of the copy tell something of the target. */
function othersTell(train: Examples, copy: number): boolean {
  const columns = train.inputs.length / train.count;
  const order = orderOf(columnOf(train.inputs, columns, copy));
  const others = Array.from({ length: columns }, (_, place) => place).filter(
    (place) => place !== copy && !isDetermined(columnOf(train.inputs, columns, place), order),
  );
  if (others.length === 0) return false;
  const inputs = new Float32Array(train.count * others.length);
  for (let row = 0; row < train.count; row++)
    for (const [at, place] of others.entries())
      inputs[row * others.length + at] = train.inputs[row * columns + place] as number;
  const left = leftByReferences(train, inputs);
  return left !== null && left <= MOST_LEFT;
}

function isDetermined(values: Float32Array, order: readonly number[]): boolean {
  const [variance = 0] = columnVariances(values, 1);
  if (variance === 0) return true;
  const steps = order
    .slice(1)
    .map((row, at) => (values[row] as number) - (values[order[at] as number] as number));
  return steps.reduce((sum, step) => sum + step * step, 0) / steps.length / (2 * variance) < DETERMINED;
}
