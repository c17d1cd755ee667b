import { readTable } from "../../foundation/files/tableFile.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { seedStream } from "../../foundation/random/seedStream.ts";
import type { TableDataConfig } from "../config/schema.ts";
import type { ExampleSet, Examples } from "./examples.ts";
import { standardiseExamples } from "./standardise.ts";

/**
 * The rows of one set: those held out are drawn under the seed, the others are trained on in the order of the file.
 *
 * Of classes the column's distinct words, or numbers, are the classes, in their order: two become 0 and 1, more become
 * one-hot.
 *
 * @param inputShape the numbers of a row are laid out so. @defaultValue a list of them
 * @throws {InputError} for a cell that is no number, naming its column and row.
 */
export function readTableExamples(
  data: TableDataConfig,
  seed: number,
  set: ExampleSet,
  inputShape: readonly number[] = [data.inputs.length],
): Examples {
  const heldOut = new Set(drawRows(data, seed));
  const all = Array.from({ length: readTable(data.file).rows.length }, (_, row) => row);
  const rows = (of: ExampleSet) =>
    of === "heldOut" ? [...heldOut] : all.filter((row) => !heldOut.has(row)).slice(0, data.examples);
  const read = (of: ExampleSet) => readRows(data, rows(of), inputShape);
  return standardiseExamples(read(set), () => read("train"), data);
}

function drawRows({ file, heldOut }: TableDataConfig, seed: number): number[] {
  const rows = Array.from({ length: readTable(file).rows.length }, (_, row) => row);
  const stream = seedStream(seed, "data/split");
  for (let place = 0; place < heldOut; place++) {
    const other = place + stream.below(rows.length - place);
    [rows[place], rows[other]] = [rows[other] as number, rows[place] as number];
  }
  return rows.slice(0, heldOut);
}

function readRows(
  { file, inputs, targets, classification }: TableDataConfig,
  rows: readonly number[],
  inputShape: readonly number[],
): Examples {
  const targetTable = classification ? readClasses(file, targets, rows) : readColumns(file, targets, rows);
  return {
    count: rows.length,
    inputShape,
    inputs: readColumns(file, inputs, rows),
    outputs: targetTable.length / Math.max(1, rows.length),
    targets: targetTable,
    classification,
  };
}

function readColumns(file: string, names: readonly string[], rows: readonly number[]): Float32Array {
  const table = readTable(file);
  const places = names.map((name) => table.columns.indexOf(name));
  const values = new Float32Array(rows.length * names.length);
  rows.forEach((row, index) => {
    places.forEach((place, column) => {
      const cell = table.rows[row]?.[place] as string;
      const value = cell === "" ? Number.NaN : Number(cell);
      if (!Number.isFinite(value)) throw noNumber(names[column] as string, row, cell);
      values[index * names.length + column] = value;
    });
  });
  return values;
}

function readClasses(file: string, targets: readonly string[], rows: readonly number[]): Float32Array {
  const table = readTable(file);
  const place = table.columns.indexOf(targets[0] as string);
  if (targets.length > 1)
    throw new InputError({
      code: "conflict",
      field: "data.targets",
      message: "must be one column where they are classes; name that column alone",
      got: targets,
    });
  // Of the whole file, so that every part of it has the same classes.
  const classes = [...new Set(table.rows.map((row) => row[place] as string))].sort(inOrder);
  if (classes.length < 2 || classes.length > MOST_CLASSES)
    throw new InputError({
      code: "out-of-range",
      field: "data.targets",
      message: `must have from 2 to ${MOST_CLASSES} classes; take another column, or classification: false`,
      got: `${classes.length} of them`,
    });
  const outputs = classes.length === 2 ? 1 : classes.length;
  const values = new Float32Array(rows.length * outputs);
  rows.forEach((row, index) => {
    const number = classes.indexOf(table.rows[row]?.[place] as string);
    if (outputs === 1) values[index] = number;
    else values[index * outputs + number] = 1;
  });
  return values;
}

const MOST_CLASSES = 1_000;

/** Numbers by size, words as they sort. */
function inOrder(a: string, b: string): number {
  const difference = Number(a) - Number(b);
  if (Number.isFinite(difference)) return difference;
  return a < b ? -1 : 1;
}

function noNumber(column: string, row: number, cell: string): InputError {
  return new InputError({
    code: "not-a-number",
    field: `column ${column}, row ${row + 1}`,
    message: "must be a number; fill it in, remove the row, or leave the column out of data.inputs",
    got: cell,
  });
}
