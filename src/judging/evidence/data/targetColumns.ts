import { columnOf, correlation } from "../../../foundation/numbers/statistics.ts";
import { printNumber } from "../../../foundation/print/printNumber.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { targetParts } from "../../../learning/subject/parts.ts";
import type { DataFinding } from "./dataFinding.ts";
import { nameColumn } from "./rowNames.ts";

/** A column that says the target this nearly is the target in another unit; float32 rounding leaves 1e-7. */
const SAME = 1 - 1e-6;
/** With fewer columns, the target may rightly be one of them: `y = 2 * x` is the first program of many. */
const LEAST_COLUMNS = 3;
const LEAST_ROWS = 20;
const MOST_COLUMNS = 1024;

/**
 * Finds columns of a table that hold the target itself: a linear function of it, or the numbers of its classes. A network
 * that is to give back all that it is given, such as an autoencoder, rightly has each of its targets among its inputs.
 */
export function findTargetColumns(train: Examples): DataFinding[] {
  const columns = train.inputs.length / train.count;
  const [part] = targetParts(train);
  if (train.inputShape.length !== 1 || columns < LEAST_COLUMNS || columns > MOST_COLUMNS) return [];
  if (part === undefined || train.count < LEAST_ROWS) return [];
  const targets = part.classification ? [classNumbers(train)] : columnsOfTargets(train);
  const copied = Array.from({ length: columns }, (_, column) => {
    const values = columnOf(train.inputs, columns, column);
    return targets.findIndex((target) =>
      part.classification ? namesClasses(values, target) : Math.abs(correlation(values, target) ?? 0) > SAME,
    );
  });
  // What never varies, such as the corner of a picture, correlates with nothing.
  const isGivenBack = (values: Float32Array, target: number) =>
    copied.includes(target) || values.every((value) => value === values[0]);
  if (targets.length > 1 && targets.every(isGivenBack)) return [];
  return copied.flatMap((target, column): DataFinding[] => {
    if (target < 0) return [];
    const name = nameColumn(train, column);
    const how = part.classification
      ? "each of its numbers belongs to one class alone, and each class to one number"
      : `their correlation is ${printNumber(1)}`;
    return [
      {
        kind: "target-in-column",
        claim: `look at ${name}: it is the target in other numbers, since ${how}`,
        rows: [],
        set: "train",
        column: name,
      },
    ];
  });
}

function classNumbers({ targets, outputs, count }: Examples): Float32Array {
  return Float32Array.from({ length: count }, (_, row) =>
    outputs === 1
      ? (targets[row] as number)
      : targets.subarray(row * outputs, (row + 1) * outputs).indexOf(1),
  );
}

function columnsOfTargets({ targets, outputs }: Examples): Float32Array[] {
  return Array.from({ length: outputs }, (_, output) => columnOf(targets, outputs, output));
}

/** Whether numbers and classes stand for each other one to one, with at least three classes: two may agree by their nature. */
function namesClasses(values: Float32Array, classes: Float32Array): boolean {
  const classOf = new Map<number, number>();
  for (const [row, value] of values.entries()) {
    const known = classOf.get(value);
    if (known !== undefined && known !== classes[row]) return false;
    classOf.set(value, classes[row] as number);
    if (classOf.size > 1000) return false;
  }
  return classOf.size > 2 && new Set(classOf.values()).size === classOf.size;
}
