import { readCell, type Table } from "../../foundation/files/table/readTable.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { seedStream } from "../../foundation/random/seedStream.ts";
import type { TableDataConfig } from "../config/schema.ts";
import { classesOf, outputsOfClasses } from "../config/tableClasses.ts";
import { tableOf } from "../config/tableLimits.ts";
import type { Examples } from "./examples.ts";
import { standardiseExamples } from "./standardise.ts";
import type { ExampleSets } from "./subject.ts";

/**
 * Reads both sets. Held-out rows are drawn from the seed; the others are the training rows, in the order of the file.
 *
 * If the target is a class, the column's distinct words or numbers are the classes, in order: two become 0 and 1, more
 * become one-hot.
 *
 * @param inputShape shape of one row's inputs. @defaultValue a plain list
 * @throws {InputError} for a cell that is not a finite float32, naming its column and row, and if the file's hash is
 * not the config's.
 */
export function readTableExamples(
  data: TableDataConfig,
  seed: number,
  inputShape: readonly number[] = [data.inputs.length],
): ExampleSets {
  const table = unchangedTable(data);
  const drawn = drawRows(table.rows, data.heldOut, seed);
  const rows = otherRows(table.rows, drawn).subarray(0, data.examples);
  const weights = readWeights(table, data, rows);
  const train = { ...readRows(table, data, rows, inputShape), ...(weights && { weights }) };
  const toScale = (examples: Examples) => standardiseExamples(examples, () => train, data);
  return {
    train: toScale(train),
    heldOut: drawn.length > 0 ? toScale(readRows(table, data, drawn, inputShape)) : null,
  };
}

/** Reads the table, and refuses it if it has changed since its hash was taken. */
function unchangedTable(data: TableDataConfig): Table {
  const table = tableOf(data);
  if (table.sha256 === data.sha256) return table;
  throw new InputError({
    code: "changed",
    field: "data.file",
    message: "changed while it was measured; leave it as it is until the run has ended, then start again",
    got: data.file,
  });
}

function drawRows(count: number, heldOut: number, seed: number): Int32Array {
  const rows = new Int32Array(count).map((_, row) => row);
  const stream = seedStream(seed, "data/split");
  for (let place = 0; place < heldOut; place++) {
    const other = place + stream.below(rows.length - place);
    [rows[place], rows[other]] = [rows[other] as number, rows[place] as number];
  }
  return rows.slice(0, heldOut);
}

function otherRows(count: number, heldOut: Int32Array): Int32Array {
  const taken = new Uint8Array(count);
  for (const row of heldOut) taken[row] = 1;
  const others = new Int32Array(count - heldOut.length);
  let next = 0;
  for (let row = 0; row < count; row++) if (taken[row] === 0) others[next++] = row;
  return others;
}

function readRows(
  table: Table,
  { file, inputs, targets, classification }: TableDataConfig,
  rows: Int32Array,
  inputShape: readonly number[],
): Examples {
  const targetTable = classification ? readClasses(table, rows) : readColumns(file, table, targets, rows);
  return {
    count: rows.length,
    inputShape,
    inputs: readColumns(file, table, inputs, rows),
    outputs: targetTable.length / Math.max(1, rows.length),
    targets: targetTable,
    classification,
    columnNames: inputs,
    rowNumbers: rows.map((row) => row + 1),
  };
}

function readColumns(file: string, table: Table, names: readonly string[], rows: Int32Array): Float32Array {
  const width = table.places.size;
  const places = Int32Array.from(names, (name) => table.places.get(name) as number);
  const values = new Float32Array(rows.length * names.length);
  let next = 0;
  for (const row of rows) {
    for (const place of places) {
      const value = table.numbers[row * width + place] as number;
      if (Number.isNaN(value)) throw noNumber(file, table, row, place);
      values[next++] = value;
    }
  }
  return values;
}

/** Reads how much each row counts; null if all count alike. */
function readWeights(table: Table, { file, weight }: TableDataConfig, rows: Int32Array): Float32Array | null {
  if (weight === undefined) return null;
  const weights = readColumns(file, table, [weight], rows);
  const bad = weights.findIndex((value) => value < 0);
  if (bad < 0) return weights;
  throw new InputError({
    code: "out-of-range",
    field: `column ${weight}, row ${(rows[bad] as number) + 1}`,
    message: "must be 0 or more, since it is the weight of its row; correct it, or leave data.weight out",
    got: weights[bad],
  });
}

function readClasses(table: Table, rows: Int32Array): Float32Array {
  const classes = classesOf(table);
  const numbers = new Map(classes.map((name, number) => [name, number]));
  const outputs = outputsOfClasses(classes);
  const values = new Float32Array(rows.length * outputs);
  rows.forEach((row, index) => {
    const number = numbers.get(table.words[row] as string) as number;
    if (outputs === 1) values[index] = number;
    else values[index * outputs + number] = 1;
  });
  return values;
}

function noNumber(file: string, table: Table, row: number, place: number): InputError {
  return new InputError({
    code: "not-a-number",
    field: `column ${table.columns[place]}, row ${row + 1}`,
    message:
      "must be a decimal number that float32 can hold, of at most about 3.4e38; correct it, remove the row, or leave the column out of data.inputs",
    got: readCell(file, row, place),
  });
}
