// Reads the examples that a project's own code gives into flat tables.

import { dispose, scalar, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { InputError } from "../../../foundation/input/inputError.ts";
import { flattenNumbers, isTensor, type Numbers, type NumberTable } from "../nestedNumbers.ts";
import { andThen, isPromise, type Soon } from "./later.ts";

/**
 * Inputs `[examples, …]` and targets `[examples, outputs]`, with learnproof's field names or TensorFlow.js's. Targets
 * of one output may be a plain list, and classes may be a list of class numbers. If the inputs are a flat typed array,
 * it has as many rows as there are targets, in the shape of the model's input.
 */
export type WrittenExamples =
  | { readonly inputs: Numbers; readonly targets: Numbers }
  | { readonly xs: Numbers; readonly ys: Numbers }
  | { readonly x: Numbers; readonly y: Numbers };

/** One example or a batch of examples, from a generator or a dataset; a single target may be a number. */
export type WrittenRow =
  | { readonly inputs: Numbers | number; readonly targets: Numbers | number }
  | { readonly xs: Numbers | number; readonly ys: Numbers | number }
  | { readonly x: Numbers | number; readonly y: Numbers | number };

/** A dataset of TensorFlow.js, such as `tf.data.csv` and `tf.data.generator` give. Its tensors are disposed. */
export interface Dataset {
  iterator(): Promise<{ next(): Promise<{ readonly value: unknown; readonly done: boolean }> }>;
  forEachAsync(use: (row: never) => void): Promise<void>;
}

/** Examples that come one by one or in batches; only as many are read as are requested. */
export type ExampleStream = Iterable<WrittenRow> | AsyncIterable<WrittenRow> | Dataset;

/** Tables of inputs and targets with equal numbers of rows. */
export interface ExampleTables {
  readonly inputs: NumberTable;
  readonly targets: NumberTable;
  /** Whether the inputs came without a shape, so that the model's input shape applies. */
  readonly flat?: boolean;
}

/** Whether something gives examples one after the other. */
export function isStream(written: unknown): written is ExampleStream {
  if (typeof written !== "object" || written === null || Array.isArray(written)) return false;
  return isDataset(written) || Symbol.iterator in written || Symbol.asyncIterator in written;
}

function isDataset(written: object): written is Dataset {
  return "forEachAsync" in written && typeof (written as Partial<Dataset>).iterator === "function";
}

/**
 * Reads the result of a project's function. Tensors created since `firstTensor` are disposed unless the function kept
 * them.
 *
 * @param count number of examples requested; a stream is read no further.
 * @throws {InputError} if the result is not a set of examples.
 */
export function readAnswer(
  written: Soon<WrittenExamples | ExampleStream>,
  {
    count,
    field,
    firstTensor,
  }: { readonly count: number; readonly field: string; readonly firstTensor: number },
): Soon<ExampleTables> {
  return andThen(written, (answer) => {
    if (isStream(answer)) return readStream(answer, count, field);
    try {
      return readTables(answer, field);
    } finally {
      disposeMade(answer, firstTensor);
    }
  });
}

/** Returns an id below the ids of all tensors created later. */
export function nextTensor(): number {
  return tidy(() => scalar(0).id);
}

function disposeMade(answer: unknown, firstTensor: number): void {
  for (const value of Object.values(answer ?? {}))
    if (isTensor(value) && value.id >= firstTensor && !value.kept) value.dispose();
}

/**
 * Reads inputs and targets into tables. @throws {InputError} if their numbers of rows differ, or a value is not finite.
 */
export function readTables(written: WrittenExamples, field: string): ExampleTables {
  const pair = pairOf(written, field);
  const targets = flattenNumbers(pair.targets as Numbers, `${field}.targets`);
  const rows = targets.shape[0] as number;
  const flat = isFlat(pair.inputs) && pair.inputs.length !== rows;
  const inputs = flattenNumbers(
    flat ? inRows(pair.inputs as ArrayLike<number>, rows, `${field}.inputs`) : (pair.inputs as Numbers),
    `${field}.inputs`,
  );
  if (targets.shape.length !== 2)
    throw new InputError({
      code: "invalid-value",
      field: `${field}.targets`,
      message: "must be a table, a list of outputs for each example; flatten them",
      got: targets.shape,
    });
  if (inputs.shape[0] !== rows)
    throw new InputError({
      code: "conflict",
      field: `${field}.targets`,
      message: `must be as many as the inputs, ${inputs.shape[0]}; correct one of them`,
      got: rows,
    });
  return { inputs, targets, flat };
}

function isFlat(numbers: unknown): numbers is ArrayLike<number> {
  return ArrayBuffer.isView(numbers) && "length" in numbers;
}

function inRows(values: ArrayLike<number>, rows: number, field: string): Numbers {
  const size = values.length / rows;
  if (Number.isInteger(size) && size > 0) return { shape: [rows, size], values };
  throw new InputError({
    code: "conflict",
    field,
    message: `must hold as many numbers for each of the ${rows} targets; correct it, or give { shape, values }`,
    got: `${values.length} numbers`,
  });
}

function pairOf(written: unknown, field: string): { inputs: unknown; targets: unknown } {
  if (typeof written === "object" && written !== null) {
    const given = written as Record<string, unknown>;
    for (const [inputs, targets] of [
      ["inputs", "targets"],
      ["xs", "ys"],
      ["x", "y"],
    ] as const)
      if (inputs in given || targets in given) return { inputs: given[inputs], targets: given[targets] };
  }
  throw new InputError({
    code: "invalid-value",
    field,
    message: "must be { inputs, targets }, or a generator or dataset of { xs, ys }; return one of them",
    got: isPromise(written) ? "a promise" : written,
  });
}

type Row = Omit<ExampleTables, "flat">;

function readStream(stream: ExampleStream, count: number, field: string): Soon<ExampleTables> {
  const rows: Row[] = [];
  let taken = 0;
  /** Reads one item, and returns whether more are wanted. */
  const take = (item: unknown): boolean => {
    try {
      const row = readRow(item, `${field}, example ${taken}`);
      rows.push(row);
      taken += row.targets.shape[0] as number;
      return taken < count;
    } finally {
      dispose(item as Tensor[]);
    }
  };
  if (isDataset(stream)) return drainDataset(stream, take).then(() => join(rows, count, field));
  if (Symbol.asyncIterator in stream) return drainLater(stream, take).then(() => join(rows, count, field));
  for (const item of stream) if (!take(item)) break;
  return join(rows, count, field);
}

async function drainLater(stream: AsyncIterable<unknown>, take: (item: unknown) => boolean): Promise<void> {
  for await (const item of stream) if (!take(item)) break;
}

async function drainDataset(dataset: Dataset, take: (item: unknown) => boolean): Promise<void> {
  const iterator = await dataset.iterator();
  for (;;) {
    const { value, done } = await iterator.next();
    if (done || !take(value)) return;
  }
}

/**
 * Reads one example or a batch. It is a batch if its targets have two axes, or if there are as many targets as inputs
 * and more than one.
 */
function readRow(item: unknown, field: string): Row {
  const pair = pairOf(item, field);
  const inputs = asTable(pair.inputs, `${field}, inputs`);
  const targets = asTable(pair.targets, `${field}, targets`);
  const isBatch =
    targets.shape.length >= 2 ||
    (targets.shape.length === 1 && inputs.shape.length >= 2 && inputs.shape[0] === targets.shape[0]);
  if (!isBatch) return { inputs: oneRow(inputs), targets: oneRow(targets) };
  return readTables({ inputs, targets }, field);
}

function asTable(numbers: unknown, field: string): NumberTable {
  if (typeof numbers === "number") return { shape: [], values: Float32Array.of(numbers) };
  if (isTensor(numbers) && numbers.rank === 0)
    return { shape: [], values: Float32Array.from(numbers.dataSync()) };
  const rank = rankOf(numbers);
  const { shape, values } = flattenNumbers(numbers as Numbers, field);
  return { shape: shape.slice(0, rank), values };
}

/** Returns the number of axes, where a plain list counts as one row. (`flattenNumbers` would make it a column.) */
function rankOf(numbers: unknown): number {
  if (isTensor(numbers)) return numbers.rank;
  const { shape } = (numbers ?? {}) as { shape?: readonly number[] };
  if (Array.isArray(shape)) return shape.length;
  const isPlain = (list: unknown): boolean => typeof (list as ArrayLike<unknown>)?.[0] === "number";
  return isPlain(numbers) ? 1 : Number.POSITIVE_INFINITY;
}

function oneRow({ shape, values }: NumberTable): NumberTable {
  return { shape: [1, ...(shape.length === 0 ? [1] : shape)], values };
}

/** Joins rows into one table of at most `count` rows. */
function join(rows: readonly Row[], count: number, field: string): ExampleTables {
  if (rows.length === 0)
    throw new InputError({
      code: "invalid-value",
      field,
      message: "must give at least one example; let the generator or dataset yield { xs, ys }",
      got: "none",
    });
  return {
    inputs: joinTables(
      rows.map(({ inputs }) => inputs),
      count,
      `${field}.inputs`,
    ),
    targets: joinTables(
      rows.map(({ targets }) => targets),
      count,
      `${field}.targets`,
    ),
  };
}

function joinTables(tables: readonly NumberTable[], count: number, field: string): NumberTable {
  const shape = (tables[0] as NumberTable).shape.slice(1);
  const size = shape.reduce((product, side) => product * side, 1);
  const rows = Math.min(
    count,
    tables.reduce((sum, table) => sum + (table.shape[0] as number), 0),
  );
  const values = new Float32Array(rows * size);
  let at = 0;
  for (const table of tables) {
    if (String(table.shape.slice(1)) !== String(shape))
      throw new InputError({
        code: "conflict",
        field,
        message: `must have one shape, [${shape.join(", ")}] as in the first example; correct it`,
        got: table.shape.slice(1),
      });
    const part = table.values.subarray(0, values.length - at);
    values.set(part, at);
    at += part.length;
  }
  return { shape: [rows, ...shape], values };
}
