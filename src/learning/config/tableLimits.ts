// What depends on the file that a config names: filled in where it was left out, refused where it does not fit.

import { readTable, type Table } from "../../foundation/files/tableFile.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import type { TableDataConfig, WrittenConfig } from "./schema.ts";

type WrittenTableData = NonNullable<Extract<WrittenConfig, { subject: "table" }>["data"]>;

/** A fifth is held out where nobody says how many. */
const HELD_OUT_SHARE = 5;

/**
 * The rows asked for, whole: as many as the file has, all columns but the targets as inputs, the file's hash.
 *
 * @throws {InputError} where the file has not what is asked for, or is not the one that the hash names.
 */
export function fillTableData(data: WrittenTableData): TableDataConfig {
  const table = readTable(data.file);
  if (data.sha256 !== undefined && data.sha256 !== table.sha256)
    throw refusal(
      "data.sha256",
      "changed",
      "is of other contents than the file has now; take the file it was, or leave the hash out",
      data.sha256,
    );
  const inputs = data.inputs ?? table.columns.filter((column) => !data.targets.includes(column));
  checkColumns(table, data.targets, inputs);
  const rows = table.rows.length;
  const heldOut = data.heldOut ?? Math.min(Math.floor(rows / HELD_OUT_SHARE), rows - (data.examples ?? 1));
  const examples = data.examples ?? rows - heldOut;
  if (heldOut < 0 || examples < 1 || examples + heldOut > rows)
    throw refusal(
      data.examples === undefined ? "data.heldOut" : "data.examples",
      "out-of-range",
      `must leave examples and heldOut within the file's ${rows} rows; lower it`,
      data.examples ?? data.heldOut,
    );
  return { ...data, sha256: table.sha256, inputs, examples, heldOut };
}

function checkColumns({ columns }: Table, targets: readonly string[], inputs: readonly string[]): void {
  const names = [
    ...targets.map((name, at) => [`data.targets[${at}]`, name]),
    ...inputs.map((name, at) => [`data.inputs[${at}]`, name]),
  ];
  for (const [field, name] of names as [string, string][]) {
    if (!columns.includes(name))
      throw refusal(
        field,
        "unknown-column",
        `must be a column of the file: ${columns.slice(0, 20).join(", ")}; correct it`,
        name,
      );
  }
  const both = inputs.findIndex((name) => targets.includes(name));
  if (both >= 0)
    throw refusal(
      `data.inputs[${both}]`,
      "conflict",
      "must be no target: what is to be predicted cannot be given; remove it",
      inputs[both],
    );
  if (inputs.length === 0)
    throw refusal("data.targets", "conflict", "must leave a column to predict from; remove one", targets);
}

function refusal(field: string, code: string, message: string, got: unknown): InputError {
  return new InputError({ code, field, message, got });
}
