// Reads the data that stand beside a saved model: arrays of NumPy, or a table.

import type { NumberArray } from "../../../foundation/arrays/npy.ts";
import { readNpy } from "../../../foundation/arrays/npy.ts";
import { readNpz } from "../../../foundation/arrays/npz.ts";
import { readWhole } from "../../../foundation/files/readWhole.ts";
import { isTablePath, readTable } from "../../../foundation/files/table/readTable.ts";
import { InputError } from "../../../foundation/input/inputError.ts";
import type { ProgramFile } from "../../config/schema.ts";
import type { CapturedArrays } from "../program/capturedFile.ts";
import { groupArrays } from "../program/readCaptured.ts";

/** Names of arrays in files of data sets, such as those that Keras downloads. */
const PAIRS = [
  ["x", "y"],
  ["X", "Y"],
  ["X", "y"],
  ["x_train", "y_train"],
  ["X_train", "y_train"],
  ["inputs", "targets"],
  ["features", "labels"],
] as const;
const HELD_OUT = [
  ["x_val", "y_val"],
  ["x_test", "y_test"],
  ["X_test", "y_test"],
] as const;

/**
 * Reads the data for a saved model.
 *
 * @throws {InputError} if the file cannot be read, or does not say which arrays are inputs and which are targets.
 */
export function readGiven({ data, targets, inputs }: ProgramFile): CapturedArrays {
  if (data === undefined)
    throw refusal("--data", "must be given with a saved model of Keras, such as --data data.npz", undefined);
  const [first = "", second] = data.split(",");
  if (second !== undefined) return pair(readArray(first), readArray(second));
  if (isTablePath(data)) return readColumns(data, targets, inputs);
  if (data.endsWith(".npz")) return readArchive(data);
  throw refusal(
    "--data",
    "must be an .npz file with x and y, two .npy files as x.npy,y.npy, or a table with --target",
    data,
  );
}

function readArray(path: string): NumberArray {
  return readNpy(readWhole(path, { what: "an .npy file", mostBytes: 1024 ** 3 }).bytes, path);
}

function pair(x: NumberArray, y: NumberArray): CapturedArrays {
  return { x: [x], y: [y], sampleWeights: [], heldOut: null };
}

function readArchive(path: string): CapturedArrays {
  const arrays = readNpz(path);
  const counted = groupArrays(arrays);
  if (counted.x.length > 0 && counted.y.length > 0) return counted;
  const find = (pairs: readonly (readonly [string, string])[]) => {
    const names = pairs.find(([x, y]) => arrays.has(x) && arrays.has(y));
    return names?.map((name) => arrays.get(name) as NumberArray);
  };
  const [x, y] = find(PAIRS) ?? [];
  if (x === undefined || y === undefined)
    throw refusal(
      path,
      "must hold an array x with the inputs and an array y with the targets; save it with numpy.savez(file, x=…, y=…)",
      [...arrays.keys()],
    );
  const [xOut, yOut] = find(HELD_OUT) ?? [];
  return { ...pair(x, y), heldOut: xOut && yOut ? { x: [xOut], y: [yOut] } : null };
}

function readColumns(
  path: string,
  targets: readonly string[] | undefined,
  inputs: readonly string[] | undefined,
): CapturedArrays {
  if (targets === undefined || targets.length === 0)
    throw refusal("--target", "must name the columns to predict, such as --target price", undefined);
  const table = readTable(path);
  const rest = inputs ?? table.columns.filter((column) => !targets.includes(column));
  const take = (columns: readonly string[]): NumberArray => {
    const places = columns.map((column) => {
      const place = table.places.get(column);
      if (place === undefined)
        throw refusal(
          "--target",
          `must name columns of ${path}, which are ${table.columns.join(", ")}`,
          column,
        );
      return place;
    });
    const values = new Float32Array(table.rows * places.length);
    for (let row = 0; row < table.rows; row++)
      for (const [at, place] of places.entries())
        values[row * places.length + at] = table.numbers[row * table.columns.length + place] as number;
    refuseWords(values, places.length, columns, path);
    return { shape: [table.rows, places.length], values };
  };
  return pair(take(rest), take(targets));
}

function refuseWords(values: Float32Array, width: number, columns: readonly string[], path: string): void {
  const bad = values.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  throw refusal(
    path,
    `must hold a number in every cell of ${columns[bad % width]}; correct it, or choose columns with --inputs`,
    `row ${Math.floor(bad / width) + 1}`,
  );
}

function refusal(field: string, message: string, got: unknown): InputError {
  return new InputError({ code: "invalid-data", field, message, got });
}
