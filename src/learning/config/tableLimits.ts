// Some fields depend on the file that a config names. Here they are filled in if they were left out, and refused if
// they do not match the file.

import { readTable, type Table } from "../../foundation/files/table/readTable.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { didYouMean } from "../../foundation/input/nearest.ts";
import { cutText } from "../../foundation/input/printable.ts";
import { denseFootprint } from "./denseLimits.ts";
import { checkExamples, checkMemory } from "./memory.ts";
import type { SavedModelConfig, TableConfig, TableDataConfig, WrittenConfig } from "./schema.ts";
import { classesOf, outputsOfClasses } from "./tableClasses.ts";

type WrittenTableData = NonNullable<Extract<WrittenConfig, { subject: "table" }>["data"]>;

/** One row in this many is held out if the config does not say how many. */
const HELD_OUT_SHARE = 5;
/** The largest number of columns that a message lists. */
const NAMES_LISTED = 20;
const LONGEST_NAME_LISTED = 40;

/**
 * Fills in the data fields from the file: the number of rows, all columns except the targets as inputs, and the file's
 * hash.
 *
 * @throws {InputError} if the file lacks a column or rows that the config asks for, or does not have the hash that the
 * config gives.
 */
export function fillTableData(data: WrittenTableData): TableDataConfig {
  const table = tableOf(data);
  if (data.sha256 !== undefined && data.sha256 !== table.sha256)
    throw refusal(
      "data.sha256",
      "changed",
      "is of other contents than the file has now; take the file it was, or leave the hash out",
      data.sha256,
    );
  const others = new Set([...data.targets, data.weight]);
  const inputs = data.inputs ?? table.columns.filter((column) => !others.has(column));
  checkColumns(table, data, inputs);
  if (data.classification) checkClasses(table, data.targets);
  const { rows } = table;
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

/** Reads the table that a config names; the column of classes is read as words. */
export function tableOf({ file, targets, classification }: WrittenTableData): Table {
  return readTable(file, classification ? targets[0] : undefined);
}

/**
 * Refuses examples that do not fit in memory and, if the network is built-in, a network that does not.
 *
 * @throws {InputError} naming the field to change.
 */
export function checkTableMemory(config: TableConfig | SavedModelConfig): void {
  const { data } = config;
  const inputs = data.inputs.length;
  const outputs = data.classification ? outputsOfClasses(classesOf(tableOf(data))) : data.targets.length;
  if (config.subject === "table")
    checkMemory(config, inputs + outputs, denseFootprint({ ...config.model, inputs, outputs }));
  else checkExamples(data, inputs + outputs);
}

function checkColumns(
  { places }: Table,
  { targets, weight }: Pick<WrittenTableData, "targets" | "weight">,
  inputs: readonly string[],
): void {
  const names = [
    ...targets.map((name, at) => [`data.targets[${at}]`, name] as const),
    ...inputs.map((name, at) => [`data.inputs[${at}]`, name] as const),
    ...(weight === undefined ? [] : [["data.weight", weight] as const]),
  ];
  const unknown = names.find(([, name]) => !places.has(name));
  if (unknown)
    throw refusal(
      unknown[0],
      "unknown-column",
      `must be a column of the file: ${listed([...places.keys()])}${didYouMean(unknown[1], [...places.keys()])}; correct it`,
      unknown[1],
    );
  const predicted = new Set(targets);
  const both = inputs.findIndex((name) => predicted.has(name));
  if (both >= 0)
    throw refusal(
      `data.inputs[${both}]`,
      "conflict",
      "must be no target: what is to be predicted cannot be given; remove it",
      inputs[both],
    );
  if (weight !== undefined && (predicted.has(weight) || inputs.includes(weight)))
    throw refusal(
      "data.weight",
      "conflict",
      "must be a column that is neither an input nor a target; name another, or take it out of data.inputs",
      weight,
    );
  if (inputs.length === 0)
    throw refusal("data.targets", "conflict", "must leave a column to predict from; remove one", targets);
}

function checkClasses(table: Table, targets: readonly string[]): void {
  if (targets.length > 1)
    throw refusal(
      "data.targets",
      "conflict",
      "must be one column where they are classes; name that column alone",
      targets,
    );
  classesOf(table);
}

function listed(columns: readonly string[]): string {
  const names = columns.slice(0, NAMES_LISTED).map((name) => cutText(name, LONGEST_NAME_LISTED));
  const more = columns.length - names.length;
  return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function refusal(field: string, code: string, message: string, got: unknown): InputError {
  return new InputError({ code, field, message, got });
}
