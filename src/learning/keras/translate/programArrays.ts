// The arrays of a captured program, in rows, and how Keras splits them.

import type { AskedTables } from "../../subject/asked/question.ts";
import { rowsOf } from "../../subject/compiled/tables.ts";
import type { NumberTable } from "../../subject/nestedNumbers.ts";
import { areBinary } from "../../subject/own/labels.ts";
import type { StepTables } from "../../subject/own/pair.ts";
import type { HeldTables } from "./asHeld.ts";
import type { TranslatedLoss } from "./recipe/translateLoss.ts";

/** The arrays of a captured program. Each has a row for each example. */
export interface ProgramArrays {
  /** One table for each input of the model. */
  readonly x: readonly NumberTable[];
  /** One table for each output; class numbers for a sparse crossentropy. */
  readonly y: readonly NumberTable[];
  /**
   * How much each example counts in the training loss, `[examples]` or `[examples, 1]`, or each of its steps, `[examples, steps]`:
   * one table for all outputs, or one for each. @defaultValue 1 for each
   */
  readonly sampleWeights?: readonly NumberTable[];
  /** For each output, 1 for each step that a mask shows to the loss, and 0 for those that it hides. @defaultValue none is hidden */
  readonly shown?: readonly NumberTable[];
  /** Held-out examples. @defaultValue the share of the examples that `validation_split` names */
  readonly heldOut?: {
    readonly x: readonly NumberTable[];
    readonly y: readonly NumberTable[];
    readonly shown?: readonly NumberTable[];
    readonly sampleWeights?: readonly NumberTable[];
  } | null;
  /** The places of the training examples in the order of every epoch. @defaultValue nothing is known of it */
  readonly order?: Int32Array | undefined;
  /** What the script asks of its model once it is trained. @defaultValue nothing */
  readonly asked?: readonly AskedTables[];
  /** Other versions of its examples that the script holds. @defaultValue none */
  readonly held?: readonly HeldTables[];
}

/** Keras takes classes of 0 and 1 under a hinge for −1 and 1. */
export function withSides(
  { x, y, heldOut, asked, ...others }: ProgramArrays,
  losses: readonly TranslatedLoss[],
): ProgramArrays {
  const isSided = (output: number) => {
    const { own, config } = losses[output] ?? {};
    const table = y[output];
    return !own && table && /^(hinge|squaredHinge)$/.test(config?.name ?? "") && areBinary(table);
  };
  const sided = (tables: readonly NumberTable[]) =>
    tables.map((table, output) =>
      isSided(output)
        ? { ...table, values: Float32Array.from(table.values, (value) => 2 * value - 1) }
        : table,
    );
  return {
    ...others,
    x,
    y: sided(y),
    ...(heldOut && { heldOut: { ...heldOut, y: sided(heldOut.y) } }),
    ...(asked && { asked: asked.map((one) => ({ ...one, y: sided(one.y) })) }),
  };
}

/** Examples in rows, one table for each input and each output. */
export interface Tables {
  readonly inputs: readonly NumberTable[];
  readonly targets: readonly NumberTable[];
  readonly sampleWeight?: NumberTable;
  readonly steps?: StepTables;
}

/** Takes the held-out examples from the end, as Keras does before it shuffles. */
export function split(
  arrays: ProgramArrays,
  share: number,
): { readonly train: Tables; readonly heldOut: Tables | null } {
  const all = tablesOf(arrays);
  if (arrays.heldOut) return { train: all, heldOut: tablesOf(arrays.heldOut) };
  const count = all.inputs[0]?.shape[0] ?? 0;
  const kept = Math.floor(count * (1 - share));
  const cut = (tables: StepTables["shown"], from: number, to: number) =>
    tables.map((table) => table && rowsOf(table, from, to));
  const part = (from: number, to: number): Tables => ({
    inputs: all.inputs.map((table) => rowsOf(table, from, to)),
    targets: all.targets.map((table) => rowsOf(table, from, to)),
    ...(all.sampleWeight && { sampleWeight: rowsOf(all.sampleWeight, from, to) }),
    ...(all.steps && {
      steps: { weights: cut(all.steps.weights, from, to), shown: cut(all.steps.shown, from, to) },
    }),
  });
  return kept === count
    ? { train: all, heldOut: null }
    : { train: part(0, kept), heldOut: part(kept, count) };
}

function tablesOf({ x, y, sampleWeights = [], shown = [] }: Omit<ProgramArrays, "heldOut">): Tables {
  const weights = sampleWeights.map(asRows);
  const [only, ...others] = weights;
  const count = x[0]?.shape[0] ?? 0;
  const isOfExamples = only !== undefined && others.length === 0 && only.values.length === count;
  const ofSteps = only === undefined || isOfExamples ? [] : weights;
  // Keras gives a single table to each output.
  const each = others.length === 0 ? y.flatMap(() => ofSteps) : ofSteps;
  return {
    inputs: x.map(asRows),
    targets: y.map(asRows),
    ...(isOfExamples && { sampleWeight: only }),
    ...(each.length + shown.length > 0 && { steps: { weights: each, shown: shown.map(asRows) } }),
  };
}

/** Where no targets are known, those of the first training example fill their place. */
export function inRows({ x, y, ...facts }: AskedTables, { targets }: Tables): AskedTables {
  const rows = x[0]?.shape[0] ?? 0;
  const standIns = targets.map(({ shape: [, ...row], values }) => {
    const size = row.reduce((product, side) => product * side, 1);
    return {
      shape: [rows, ...row],
      values: Float32Array.from({ length: rows * size }, (_, at) => values[at % size] as number),
    };
  });
  return { ...facts, x: x.map(asRows), y: y.length > 0 ? y.map(asRows) : standIns };
}

/** Numbers without a second axis become a column. */
function asRows({ shape, values }: NumberTable): NumberTable {
  return shape.length === 1 ? { shape: [shape[0] as number, 1], values } : { shape, values };
}
