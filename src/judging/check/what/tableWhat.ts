// A table without a config: the columns say what they are, and learnproof says what it took them for.

import { basename } from "node:path";
import { isTablePath, readTable, type Table } from "../../../foundation/files/table/readTable.ts";
import { InputError } from "../../../foundation/input/inputError.ts";
import { didYouMean } from "../../../foundation/input/nearest.ts";
import { cutText } from "../../../foundation/input/printable.ts";
import { parseConfig } from "../../../learning/config/parseConfig.ts";
import { splitNames } from "./savedModelWhat.ts";
import { guessTask, isMostlyWords, type Task, tasks } from "./tableTask.ts";
import type { WhatKind, WhatOptions } from "./whatKind.ts";

/** The largest number of columns that a sentence lists. */
const MOST_LISTED = 12;
const LONGEST_LISTED = 40;

/** A table in CSV, TSV or Parquet, of which `--target` names the columns to predict. */
export const tableWhat: WhatKind = {
  recognises: isTablePath,
  async resolve(file, options) {
    const table = readTable(file, onlyNameIn(options.target));
    const targets = columnsOf(table, options.target, "--target");
    if (targets.length === 0) throw noTarget(table, file);
    const excluded = new Set(columnsOf(table, options.exclude, "--exclude"));
    const named = columnsOf(table, options.inputs, "--inputs");
    const others = table.columns.filter((column) => !targets.includes(column) && !excluded.has(column));
    const words = named.length > 0 ? [] : others.filter((column) => isMostlyWords(table, column));
    const inputs = named.length > 0 ? named : others.filter((column) => !words.includes(column));
    if (inputs.length === 0) throw noInputs(words);
    const task = parseTask(options.task);
    const guessed = guessTask(table, targets);
    const isClasses = (task ?? guessed.task) === "classification";
    const config = parseConfig({
      subject: "table",
      data: { file, targets, inputs, classification: isClasses },
      ...recipeFor(file, isClasses ? targets[0] : undefined, options.loss),
    });
    const notes = [
      ...(task === undefined ? [describeGuess(targets, guessed)] : []),
      ...(words.length > 0
        ? [`left out ${listed(words)}, which ${words.length === 1 ? "holds" : "hold"} words`]
        : []),
    ];
    return { what: { kind: "table", name: basename(file) }, config, notes };
  },
};

/**
 * The output activation and the loss that belong to the target. Numbers take the defaults, whose cures the check
 * proves.
 *
 * @param classes the column of classes; undefined for numbers.
 */
function recipeFor(file: string, classes: string | undefined, loss: string | undefined) {
  const named = loss === undefined ? {} : { training: { loss: { name: loss } } };
  if (classes === undefined) return named;
  const isBinary = new Set(readTable(file, classes).words).size === 2;
  return {
    model: { outputActivation: isBinary ? "sigmoid" : "softmax" },
    training: { loss: { name: loss ?? (isBinary ? "binaryCrossentropy" : "categoricalCrossentropy") } },
  };
}

/** The one name that is listed. Its words are read with the table, since classes would need the file a second time. */
function onlyNameIn(names = ""): string | undefined {
  const [only, ...others] = splitNames(names);
  return others.length === 0 ? only : undefined;
}

function parseTask(task: WhatOptions["task"]): Task | undefined {
  if (task === undefined || (tasks as readonly string[]).includes(task)) return task as Task | undefined;
  throw new InputError({
    code: "invalid-option",
    field: "--task",
    message: `must be ${tasks.join(" or ")}${didYouMean(task, tasks)}; leave it out to have it guessed`,
    got: task,
  });
}

function describeGuess(targets: readonly string[], { task, why }: { task: Task; why: string }): string {
  const other = task === "regression" ? "classification" : "regression";
  const change = targets.length > 1 ? "" : `; change it with --task ${other}`;
  return `took ${listed(targets)} for a ${task}, because ${why}${change}`;
}

/** @throws {InputError} if the file has no such column. */
function columnsOf(table: Table, names: string | undefined, option: string): readonly string[] {
  const columns = names === undefined ? [] : splitNames(names);
  const unknown = columns.find((column) => !table.places.has(column));
  if (unknown === undefined) return columns;
  throw new InputError({
    code: "unknown-column",
    field: option,
    message: `must name columns of the file${didYouMean(unknown, table.columns)}: ${listed(table.columns)}; correct it`,
    got: unknown,
  });
}

function noTarget(table: Table, file: string): InputError {
  return new InputError({
    code: "usage",
    field: "--target",
    message: `must name the column of ${basename(file)} to predict, such as --target ${table.columns.at(-1)}; it has ${listed(table.columns)}`,
    got: undefined,
  });
}

function noInputs(words: readonly string[]): InputError {
  return new InputError({
    code: "conflict",
    field: words.length > 0 ? "--inputs" : "--exclude",
    message:
      words.length > 0
        ? `must leave a column of numbers to predict from; write the words of ${listed(words)} as numbers`
        : "must leave a column to predict from; exclude fewer",
    got: "no column of numbers",
  });
}

function listed(columns: readonly string[]): string {
  const names = columns.slice(0, MOST_LISTED).map((name) => cutText(name, LONGEST_LISTED));
  const more = columns.length - names.length;
  return `${names.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
