// Reads examples that come one by one or in batches, from a generator or a dataset of TensorFlow.js.

import { dispose, type Tensor } from "@tensorflow/tfjs-core";
import { InputError } from "../../../foundation/input/inputError.ts";
import { flattenNumbers, isTensor, type Numbers, type NumberTable } from "../nestedNumbers.ts";
import { readSampleWeights } from "./exampleWeights.ts";
import type { Soon } from "./later.ts";
import { type ModelShapes, portNamed } from "./modelShapes.ts";
import { type ExampleTables, pairOf } from "./pair.ts";
import { type GivenTable, readSides, tablesOf, type WrittenTable } from "./sides.ts";

/** The inputs or the targets of one example or of a batch; see {@link WrittenSide}. */
type WrittenRowSide = Numbers | number | readonly Tensor[] | { readonly [name: string]: Numbers | number };

/** One example or a batch of examples, from a generator or a dataset; a single target may be a number. */
export type WrittenRow = { readonly sampleWeight?: Numbers | number } & (
  | { readonly inputs: WrittenRowSide; readonly targets: WrittenRowSide }
  | { readonly xs: WrittenRowSide; readonly ys: WrittenRowSide }
  | { readonly x: WrittenRowSide; readonly y: WrittenRowSide }
);

/** What reads a dataset of TensorFlow.js row by row. */
interface RowIterator {
  /** The next row; `value` is without meaning once `done` is true. */
  next(): Promise<{ readonly value: unknown; readonly done: boolean }>;
}

/** A dataset of TensorFlow.js, such as `tf.data.csv` and `tf.data.generator` give. Its tensors are disposed. */
export interface Dataset {
  /** Begins at the first row. */
  iterator(): Promise<RowIterator>;
  /** Reads every row in turn. Its presence tells a dataset from other iterators. */
  forEachAsync(use: (row: never) => void): Promise<void>;
}

/** Examples that come one by one or in batches; only as many are read as are requested. */
export type ExampleStream = Iterable<WrittenRow> | AsyncIterable<WrittenRow> | Dataset;

/** Whether something gives examples one after the other. */
export function isStream(written: unknown): written is ExampleStream {
  if (typeof written !== "object" || written === null || Array.isArray(written)) return false;
  return isDataset(written) || Symbol.iterator in written || Symbol.asyncIterator in written;
}

function isDataset(written: object): written is Dataset {
  return "forEachAsync" in written && typeof (written as Partial<Dataset>).iterator === "function";
}

/** How a stream is read. */
interface Reading {
  readonly count: number;
  readonly field: string;
  readonly shapes: ModelShapes;
}

/** Reads at most `count` examples. */
export function readStream(stream: ExampleStream, reading: Reading): Soon<ExampleTables> {
  const rows: ExampleTables[] = [];
  let taken = 0;
  /** Reads one item, and returns whether more are wanted. */
  const take = (item: unknown): boolean => {
    try {
      const row = readRow(item, `${reading.field}, example ${taken}`, reading.shapes);
      rows.push(row);
      taken += row.count;
      return taken < reading.count;
    } finally {
      dispose(item as Tensor[]);
    }
  };
  if (isDataset(stream)) return drainDataset(stream, take).then(() => join(rows, reading));
  if (Symbol.asyncIterator in stream) return drainLater(stream, take).then(() => join(rows, reading));
  for (const item of stream) if (!take(item)) break;
  return join(rows, reading);
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

/** Reads one example or a batch. It is a batch if its inputs have one axis more than the model's input for an example. */
function readRow(item: unknown, field: string, shapes: ModelShapes): ExampleTables {
  const { inputs, targets, sampleWeight } = pairOf(item, field);
  const given = tablesOf(inputs, `${field}, inputs`).map(asTable);
  const wanted = tablesOf(targets, `${field}, targets`).map(asTable);
  const [first] = given as [WrittenTable & { numbers: NumberTable }];
  const port = portNamed(shapes.inputs, first.name) ?? shapes.inputs[0];
  const isBatch = first.numbers.shape.length > (port?.shape.length ?? 0);
  const rows = (tables: typeof given) => (isBatch ? tables : tables.map(asRow));
  const sides = readSides(rows(given), rows(wanted));
  const weights = typeof sampleWeight === "number" ? [sampleWeight] : sampleWeight;
  return { ...sides, sampleWeights: readSampleWeights(weights, sides.count, `${field}, sampleWeight`) };
}

type ShapedTable = WrittenTable & { readonly numbers: NumberTable };

function asTable({ numbers, ...rest }: WrittenTable): ShapedTable {
  return { ...rest, numbers: readNumbers(numbers, rest.field) };
}

function readNumbers(numbers: unknown, field: string): NumberTable {
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

function asRow({ numbers: { shape, values }, ...rest }: ShapedTable): ShapedTable {
  return { ...rest, numbers: { shape: [1, ...(shape.length === 0 ? [1] : shape)], values } };
}

/** Joins rows into tables of at most `count` rows. */
function join(rows: readonly ExampleTables[], { count, field }: Reading): ExampleTables {
  const [first] = rows;
  if (!first)
    throw new InputError({
      code: "invalid-value",
      field,
      message: "must give at least one example; let the generator or dataset yield { xs, ys }",
      got: "none",
    });
  const kept = Math.min(
    count,
    rows.reduce((sum, row) => sum + row.count, 0),
  );
  const side = (name: "inputs" | "targets") =>
    first[name].map((table, index) => ({
      ...joinTables(
        rows.map((row) => sameTable(row[name], table, index, `${field}.${name}`)),
        kept,
        nameOf(`${field}.${name}`, table),
      ),
      name: table.name,
      field: nameOf(`${field}.${name}`, table),
      isFlat: false,
    }));
  const weights = rows.some(({ sampleWeights }) => sampleWeights !== null)
    ? rows.flatMap(({ sampleWeights, count: own }) =>
        sampleWeights === null ? new Array<number>(own).fill(1) : [...sampleWeights],
      )
    : null;
  return {
    inputs: side("inputs"),
    targets: side("targets"),
    count: kept,
    sampleWeights: weights && Float32Array.from(weights.slice(0, kept)),
  };
}

function nameOf(field: string, { name }: GivenTable): string {
  return name === null ? field : `${field}.${name}`;
}

/** Finds the table of a row that belongs to one of the first row's. */
function sameTable(
  tables: readonly GivenTable[],
  { name }: GivenTable,
  index: number,
  field: string,
): GivenTable {
  const found = name === null ? tables[index] : tables.find((table) => table.name === name);
  if (found) return found;
  throw new InputError({
    code: "conflict",
    field: name === null ? field : `${field}.${name}`,
    message: "must be in every example, as it is in the first; correct the generator or dataset",
    got: "nothing",
  });
}

function joinTables(tables: readonly NumberTable[], rows: number, field: string): NumberTable {
  const shape = (tables[0] as NumberTable).shape.slice(1);
  const values = new Float32Array(rows * shape.reduce((product, side) => product * side, 1));
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
