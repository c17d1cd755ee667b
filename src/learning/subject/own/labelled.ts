// Reads the targets of each output: classes become 0 or 1, or one-hot rows.

import { InputError } from "../../../foundation/input/inputError.ts";
import { definitionOf } from "../../config/ownDefaults.ts";
import type { OwnConfig } from "../../config/schema.ts";
import type { Examples } from "../examples.ts";
import { cutTo } from "../misfit/arrays.ts";
import { targetParts } from "../parts.ts";
import type { PartTable, TargetTable } from "./assemble.ts";
import { byOutput } from "./byOutput.ts";
import { classificationOf } from "./classification.ts";
import { renumber } from "./classNumbers.ts";
import { type Labels, type LabelUse, readLabels } from "./labels.ts";
import { andThen, type Soon } from "./later.ts";
import { modelShapes } from "./modelShapes.ts";

/** A table that belongs to an input or output of the model, under its name. */
export type PlacedTable = PartTable & { readonly field: string };

/** Makes class numbers one-hot, output by output. */
export function labelled(tables: readonly PlacedTable[], config: OwnConfig): Soon<TargetTable[]> {
  const classes = classificationOf(definitionOf(config), tables, config.data.classification);
  const shapeOf = (index: number) =>
    andThen(modelShapes(config), ({ outputs }) => outputs[index]?.shape ?? []);
  const next = (done: readonly TargetTable[]): Soon<TargetTable[]> => {
    const index = done.length;
    const table = tables[index];
    if (!table) return [...done];
    const classification = classes[index] === true || config.data.classNumbers === true;
    const use = useOf(config, tables, index);
    const labels: Soon<Labels> = classification
      ? readLabels(inOrder(table, config), () => shapeOf(index), table.field, use)
      : table;
    return andThen(labels, (read) => next([...done, { ...read, name: table.name, classification }]));
  };
  return next([]);
}

function inOrder(table: PlacedTable, { data: { classes } }: OwnConfig): PlacedTable {
  return classes ? { ...table, ...renumber(table, classes, table.field) } : table;
}

/** How the loss of an output reads its targets. */
function useOf(config: OwnConfig, outputs: readonly { readonly name: string }[], index: number): LabelUse {
  const { losses, loss, isSparse } = definitionOf(config);
  const isOwn = loss !== null && config.rework.ownLoss !== false;
  const one = losses && byOutput(losses, outputs, "loss")[index];
  const named = losses === null ? config.training.loss : one?.config;
  const asksForNumbers = losses === null ? isSparse : one?.isSparse === true;
  return {
    mayHoldSeveral: !isOwn && named?.name === "binaryCrossentropy",
    wantsNumbers: asksForNumbers && named?.name === "categoricalCrossentropy" && !config.data.oneHot,
  };
}

/**
 * Gives held-out classes a column for each class of training, of which the last ones may be missing there.
 *
 * @throws {InputError} for a class that training lacks and the model has no unit for.
 */
export function withClassesOf(train: Examples, heldOut: Examples): Examples {
  const { outputs, targets, count } = heldOut;
  if (outputs === train.outputs || !train.classification || !heldOut.classification) return heldOut;
  const [wanted, given] = [targetParts(train), targetParts(heldOut)].map((parts) => parts[0]?.shape ?? []);
  if (!wanted || !given || String(wanted.slice(0, -1)) !== String(given.slice(0, -1))) return heldOut;
  if (outputs > train.outputs)
    throw new InputError({
      code: "invalid-value",
      field: "examples (heldOut)",
      message: `must be of the classes that training has, which are numbered from 0 to ${(wanted.at(-1) as number) - 1}; correct the labels or the model's units`,
      got: (given.at(-1) as number) - 1,
    });
  const [part] = targetParts(heldOut);
  const isWritten = heldOut.targetParts !== undefined && part !== undefined;
  return {
    ...heldOut,
    outputs: train.outputs,
    targets: cutTo(targets, count, given, wanted),
    ...(isWritten && { targetParts: [{ ...part, shape: wanted }] }),
  };
}
