// A network that writes a text or a series goes on from what it has: at each step it is asked for a number that its input
// holds some steps further on. It must not see those steps; once it is used, they are not there.

import { classesOfRows } from "../../../foundation/numbers/classError.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import {
  columnsOf,
  inputParts,
  type Part,
  type Placed,
  type TargetPart,
  targetParts,
} from "../../../learning/subject/parts.ts";

/** An input whose later steps are the targets of earlier ones. */
export interface NextInputs {
  readonly input: Placed<Part>;
  readonly target: Placed<TargetPart>;
  readonly steps: number;
  /** The target of a step stands so many steps further on, from 1. */
  readonly ahead: number;
}

/** Targets that stand elsewhere are not those of the input. */
const NEARLY_ALL = 0.99;
/** Targets are looked for up to so many steps further on. */
const FARTHEST = 8;
const FEWEST_STEPS = 3;
/** Fewer steps at which the input changes may agree by chance. */
const FEWEST_CHANGES = 50;
const MOST_ROWS = 500;

/**
 * Finds an input whose later steps are the targets of earlier ones.
 *
 * @returns null where there is none, and where several inputs hold the targets, as those of an autoencoder whose decoder is
 * shown what the encoder has seen.
 */
export function findNextInputs(examples: Examples): NextInputs | null {
  const holding = targetParts(examples).flatMap((target) =>
    inputParts(examples).flatMap((input): NextInputs[] => {
      const steps = target.shape[0] ?? 0;
      if (steps < FEWEST_STEPS || input.shape[0] !== steps) return [];
      const ahead = findAhead(examples, input, target, steps);
      return ahead === null ? [] : [{ input, target, steps, ahead }];
    }),
  );
  const [only, ...others] = holding;
  return only === undefined || others.length > 0 || only.ahead === 0 ? null : only;
}

/** The numbers of one sequence after another, one number for each step. */
type Steps = ArrayLike<number>;

function findAhead(
  examples: Examples,
  input: Placed<Part>,
  target: Placed<TargetPart>,
  steps: number,
): number | null {
  const rows = Math.min(examples.count, MOST_ROWS);
  const size = examples.inputs.length / examples.count;
  const shown = columnsOf(examples.inputs.subarray(0, rows * size), size, input);
  const wanted = columnsOf(examples.targets.subarray(0, rows * examples.outputs), examples.outputs, target);
  const answers = columnsOfSteps(wanted, target, target.classification);
  const columns = columnsOfSteps(shown, input, target.classification);
  if (answers.length > columns.length) return null;
  for (let ahead = 0; ahead <= Math.min(FARTHEST, steps - 2); ahead++) {
    const isAhead = answers.every((answer) => columns.some((column) => stands(column, answer, steps, ahead)));
    if (isAhead) return ahead;
  }
  return null;
}

/** Divides steps of several numbers into their columns; one-hot classes are one column. */
function columnsOfSteps(
  table: Float32Array,
  { shape }: Pick<Part, "shape">,
  areClasses: boolean,
): readonly Steps[] {
  const width = shape.slice(1).reduce((product, side) => product * side, 1);
  if (width === 1) return [table];
  if (areClasses && isOneHot(table, width)) return [classesOfRows(table, width)];
  return Array.from({ length: width }, (_, column) =>
    Float32Array.from({ length: table.length / width }, (_, step) => table[step * width + column] as number),
  );
}

function isOneHot(table: Float32Array, width: number): boolean {
  for (let start = 0; start < table.length; start += width) {
    const row = table.subarray(start, start + width);
    if (row.some((value) => value !== 0 && value !== 1) || row.reduce((sum, value) => sum + value, 0) !== 1)
      return false;
  }
  return true;
}

/**
 * Whether a column holds the answers some steps further on. Steps count at which it changes on the way: padding and what
 * stays the same agree wherever one looks. Classes may be numbered from another number than tokens are. What is turned
 * round, so that the first step stands behind the last, is a reordering and no continuation.
 */
function stands(column: Steps, answer: Steps, steps: number, ahead: number): boolean {
  let changes = 0;
  let same = 0;
  let turned = 0;
  const offset = offsetOf(column, answer, steps, ahead);
  const rows = answer.length / steps;
  for (let row = 0; row < rows; row++) {
    const at = row * steps;
    for (let step = ahead === 0 ? 1 : 0; step + ahead < steps; step++) {
      const later = column[at + step + ahead] as number;
      if (later === column[at + step + ahead - 1]) continue;
      changes++;
      if (answer[at + step] === later + offset) same++;
    }
    if (ahead > 0 && answer[at + steps - 1] === (column[at + ahead - 1] as number) + offset) turned++;
  }
  return changes >= FEWEST_CHANGES && same >= NEARLY_ALL * changes && turned < NEARLY_ALL * rows;
}

/** By how much whole numbers of the answers are larger than those of the column; 0 for other numbers. */
function offsetOf(column: Steps, answer: Steps, steps: number, ahead: number): number {
  for (let at = 0; at < answer.length; at++) {
    if ((at % steps) + ahead >= steps || column[at + ahead - 1] === column[at + ahead]) continue;
    const offset = (answer[at] as number) - (column[at + ahead] as number);
    return Number.isInteger(offset) && Math.abs(offset) <= 2 ? offset : 0;
  }
  return 0;
}
