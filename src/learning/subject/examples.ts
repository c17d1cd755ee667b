import type { Misfit } from "./misfit/misfit.ts";
import type { Part, TargetPart } from "./parts.ts";

/** The examples that a network is trained on, or those that it never sees in training. */
export type ExampleSet = "train" | "heldOut";

/** A set of examples, in memory as plain arrays so that no engine has to hold all of it. */
export interface Examples {
  readonly count: number;
  /** Shape of one row of inputs, such as `[32, 32, 3]` (height, width, channels); `[numbers]` for several inputs. */
  readonly inputShape: readonly number[];
  /** Numbers in one row of targets, such as 2 for (x, y). */
  readonly outputs: number;
  /** `[count, ...inputShape]`, float32, row by row. Several inputs stand side by side in a row. */
  readonly inputs: Float32Array;
  /** `[count, outputs]`, float32, row by row. The targets of several outputs stand side by side in a row. */
  readonly targets: Float32Array;
  /**
   * `[count, numbers of all own shapes]`, row by row: the targets as the losses take them, where a loss of the project's own
   * takes another shape than its output has. `targets` are then stand-ins of the output's shape, which only describe the
   * data. @defaultValue the losses take `targets`
   */
  readonly ownTargets?: Float32Array;
  /** Whether all targets are classes: 0 or 1 for one output, one-hot for more. @defaultValue false */
  readonly classification?: boolean;
  /** How the targets, which have not the shape that the model and its loss ask for, were fitted; left out where they fit. */
  readonly misfit?: Misfit;
  /** The class numbers that the targets give, in ascending order, where units do not stand for all of them. */
  readonly classNumbers?: readonly number[];
  /** The model's inputs, in its order. @defaultValue one, of shape `inputShape` */
  readonly inputParts?: readonly Part[];
  /** The targets of the model's outputs, in its order. @defaultValue one, of shape `[outputs]` */
  readonly targetParts?: readonly TargetPart[];
  /**
   * `[count, number of outputs of the model]`, row by row: how much each example counts in the training loss of each
   * output, from 0. Judging takes them only where they even classes out. @defaultValue 1 for each
   */
  readonly weights?: Float32Array;
  /**
   * `[count, steps of all outputs]`, row by row: how much each step of an example counts in the training loss, from 0. A step is
   * what the numbers along the last axis of an output share. @defaultValue 1 for each
   */
  readonly stepWeights?: Float32Array;
  /**
   * In the places of `stepWeights`: 1 for a step that a mask shows, and 0 for one that it hides from the loss, which is then the
   * mean over the others. @defaultValue 1 for each
   */
  readonly shownSteps?: Float32Array;
  /** The names of the columns of a table of inputs, in order. @defaultValue they have none */
  readonly columnNames?: readonly string[];
  /** The number of each example's row in its file, from 1, without the header. @defaultValue it comes from no file */
  readonly rowNumbers?: Int32Array;
}

/** Returns the first `count` examples, which share memory with the set. */
export function firstExamples(examples: Examples, count: number): Examples {
  return rowsBetween(examples, 0, Math.min(count, examples.count));
}

/** Returns the examples from `start` to `end` (not included), which share memory with the set. */
export function rowsBetween(examples: Examples, start: number, end: number): Examples {
  return {
    ...examples,
    count: end - start,
    ...eachTable(examples, (table, columns) => table.subarray(start * columns, end * columns)),
    ...(examples.rowNumbers && { rowNumbers: examples.rowNumbers.subarray(start, end) }),
  };
}

/** Copies the examples at `indices`, in that order. */
export function gather(examples: Examples, indices: ArrayLike<number>): Examples {
  return {
    ...examples,
    count: indices.length,
    ...eachTable(examples, (table, columns) => gatherRows(table, columns, indices)),
    ...(examples.rowNumbers && { rowNumbers: pickNumbers(examples.rowNumbers, indices) }),
  };
}

/** The tables with a row for each example. */
type RowTables = Pick<
  Examples,
  "inputs" | "targets" | "ownTargets" | "weights" | "stepWeights" | "shownSteps"
>;

/** Changes every table of a set by its rows. */
function eachTable(
  { inputs, targets, ownTargets, weights, stepWeights, shownSteps, count }: Examples,
  change: (table: Float32Array, columns: number) => Float32Array,
): RowTables {
  const of = (table: Float32Array) => change(table, table.length / count);
  return {
    inputs: of(inputs),
    targets: of(targets),
    ...(ownTargets && { ownTargets: of(ownTargets) }),
    ...(weights && { weights: of(weights) }),
    ...(stepWeights && { stepWeights: of(stepWeights) }),
    ...(shownSteps && { shownSteps: of(shownSteps) }),
  };
}

function pickNumbers(numbers: Int32Array, indices: ArrayLike<number>): Int32Array {
  return Int32Array.from(indices, (index) => numbers[index] as number);
}

/** Copies the rows at `indices` of a table of `columns` columns, in that order. */
export function gatherRows(table: Float32Array, columns: number, indices: ArrayLike<number>): Float32Array {
  const rows = new Float32Array(indices.length * columns);
  for (let row = 0; row < indices.length; row++) {
    const index = indices[row] as number;
    rows.set(table.subarray(index * columns, (index + 1) * columns), row * columns);
  }
  return rows;
}
