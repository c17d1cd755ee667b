// A subject's own error measure, such as the angle between two directions, takes the place of the squared error in the
// verdict. A measure is only as meaningful as its comparison with a constant, so this file also finds the constant that
// the measure itself likes best.

import { tensor, tidy } from "@tensorflow/tfjs-core";
import { average, columnMeans } from "../../foundation/numbers/statistics.ts";
import type { Examples } from "../subject/examples.ts";
import { columnsOf, type Placed, type TargetPart } from "../subject/parts.ts";
import { sampleExamples } from "../subject/sample.ts";
import { spreadRows } from "../subject/spreadRows.ts";
import { readAndDispose } from "../training/read.ts";
import { degreeOf, type MeasureDegree } from "./degree.ts";
import type { MeasureFunction } from "./namedMeasures.ts";

/** Measures errors of the predictions of one output. */
export interface ErrorsOf {
  /**
   * Measures one error for each example.
   *
   * @param targets `[examples, numbers of the output]`, row by row, as are the predictions.
   * @returns `[examples]`.
   * @throws {InputError} if a project's own measure gives a wrong answer.
   */
  errorsOf(targets: Float32Array, predictions: Float32Array): Promise<Float32Array>;
}

/** An error measure of one output of a subject. */
export interface ErrorMeasure extends ErrorsOf {
  /** A name of `namedMeasures`, or `own error measure`. */
  readonly name: string;
  /** Returns the best constant of the training examples; it is found on the first call. */
  best(): Promise<BestConstant>;
}

/** The constant prediction whose error on the training examples is the least that was found. */
export interface BestConstant {
  /** One row of predictions. */
  readonly row: Float32Array;
  /** Its mean error on at most 256 training examples. */
  readonly error: number;
  /** How the measure grows with the distance from the targets. */
  readonly degree: MeasureDegree;
  /** Whether the loss that judges falls without end as a constant goes away, so that none is best. @defaultValue false */
  readonly isBottomless?: boolean;
}

/** What an {@link ErrorMeasure} is made of. */
export interface MeasureParts {
  readonly name: string;
  /** Gives one error for each example. */
  readonly measure: MeasureFunction;
  readonly train: Examples;
  readonly part: Placed<TargetPart>;
  readonly seed: number;
  /** Adds checks to the errors. @defaultValue none */
  readonly check?: ((errors: ErrorsOf) => ErrorsOf) | undefined;
}

/** Targets that are tried as constants; they are spread over all targets, so that every frequent one is among them. */
const MOST_CONSTANTS = 64;
/** Bound on the numbers that the search for the best constant computes; large outputs get fewer constants. */
const MOST_NUMBERS = 3e7;
const FEWEST_CONSTANTS = 8;

/** Makes the error measure of one output. */
export function createErrorMeasure({
  name,
  measure,
  train,
  part,
  seed,
  check = (unchecked) => unchecked,
}: MeasureParts): ErrorMeasure {
  const compute = async (targets: Float32Array, predictions: Float32Array) => {
    const shape = [targets.length / part.size, ...part.shape];
    const errors = tidy(() => measure(tensor(targets, shape), tensor(predictions, shape)));
    return readAndDispose(errors);
  };
  const { errorsOf } = check({ errorsOf: compute });
  let found: Promise<BestConstant> | undefined;
  const search = async (): Promise<BestConstant> => {
    const judged = sampleExamples(train, seed);
    const targets = columnsOf(judged.targets, judged.outputs, part);
    const best = { row: columnMeans(targets, part.size), error: Number.POSITIVE_INFINITY };
    for (const row of constantsOf(judged, targets, part)) {
      const error = average([...(await errorsOf(targets, repeatRow(row, judged.count)))]);
      if (error < best.error) Object.assign(best, { row, error });
    }
    return {
      row: Float32Array.from(best.row),
      error: best.error,
      degree: await degreeOf(errorsOf, targets, part.size),
    };
  };
  return {
    name,
    errorsOf,
    best() {
      found ??= search();
      return found;
    },
  };
}

/** Repeats a row for each example. */
export function repeatRow(row: ArrayLike<number>, count: number): Float32Array {
  const table = new Float32Array(count * row.length);
  for (let example = 0; example < count; example++) table.set(row, example * row.length);
  return table;
}

/** The constants that are tried: the mean and the median of each number, and targets that are spread over all of them. */
function constantsOf(
  judged: Examples,
  targets: Float32Array,
  part: Placed<TargetPart>,
): readonly ArrayLike<number>[] {
  const { size } = part;
  const affordable = Math.floor(MOST_NUMBERS / (judged.count * size));
  const most = Math.max(FEWEST_CONSTANTS, Math.min(MOST_CONSTANTS, affordable));
  const own: Examples = { ...judged, targets, outputs: size };
  const rows = spreadRows(own, most);
  return [
    columnMeans(targets, size),
    columnMedians(targets, size),
    ...rows.map((row) => targets.subarray(row * size, (row + 1) * size)),
  ];
}

function columnMedians(table: Float32Array, columns: number): Float32Array {
  return Float32Array.from({ length: columns }, (_, column) => {
    const values = Float32Array.from(
      { length: table.length / columns },
      (_, row) => table[row * columns + column] as number,
    ).sort();
    return values[Math.floor(values.length / 2)] as number;
  });
}
