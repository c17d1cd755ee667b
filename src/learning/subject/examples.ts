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
  /** The names of the columns of a table of inputs, in order. @defaultValue they have none */
  readonly columnNames?: readonly string[];
  /** The number of each example's row in its file, from 1, without the header. @defaultValue it comes from no file */
  readonly rowNumbers?: Int32Array;
}

/** Returns the first `count` examples, which share memory with the set. */
export function firstExamples(examples: Examples, count: number): Examples {
  const kept = Math.min(count, examples.count);
  const first = (table: Float32Array) => table.subarray(0, kept * (table.length / examples.count));
  return {
    ...examples,
    count: kept,
    inputs: first(examples.inputs),
    targets: first(examples.targets),
    ...(examples.ownTargets && { ownTargets: first(examples.ownTargets) }),
    ...(examples.weights && { weights: first(examples.weights) }),
    ...(examples.rowNumbers && { rowNumbers: examples.rowNumbers.subarray(0, kept) }),
  };
}

/** Copies the examples at `indices`, in that order. */
export function gather(examples: Examples, indices: ArrayLike<number>): Examples {
  const pick = (table: Float32Array) => gatherRows(table, table.length / examples.count, indices);
  return {
    ...examples,
    count: indices.length,
    inputs: pick(examples.inputs),
    targets: pick(examples.targets),
    ...(examples.ownTargets && { ownTargets: pick(examples.ownTargets) }),
    ...(examples.weights && { weights: pick(examples.weights) }),
    ...(examples.rowNumbers && { rowNumbers: pickNumbers(examples.rowNumbers, indices) }),
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
