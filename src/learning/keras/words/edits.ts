// Says of a change to a config what it is in the Keras script that the config was made from.

import type { OwnConfig } from "../../config/schema.ts";
import type { CapturedProgram } from "../program/capturedFile.ts";
import { rateSetters } from "../translate/recipe/translateCallbacks.ts";
import { ofData } from "./dataEdits.ts";
import { asPython, changeArgument, changeCallbacks, type KerasEdit, snake } from "./edit.ts";
import { ofLayers } from "./layerEdits.ts";
import { ofOptimizer } from "./optimizerEdits.ts";
import { inOwnCall } from "./ownCall.ts";
import { placeOfOwnLoss } from "./ownLoss.ts";
import { inOwnNames } from "./ownNames.ts";
import { ofQuestions } from "./questionEdits.ts";
import { scriptLayers } from "./scriptLayers.ts";
import { ofShapes, type Situation } from "./shapeEdits.ts";

/**
 * The edits of the script that make a change of the config.
 *
 * @returns an empty list where the config did not change, or no edit of the script does the same.
 */
export function editsFor(
  captured: CapturedProgram,
  before: OwnConfig,
  after: OwnConfig,
): readonly KerasEdit[] {
  const situation = { captured, layers: scriptLayers(captured), before, after };
  const edits = [
    ...ofOptimizer(situation),
    ...ofLoss(situation),
    ...ofFit(situation),
    ...ofLayers(situation),
    ...ofShapes(situation),
    ...ofData(situation),
    ...ofQuestions(situation),
  ];
  return edits.map((edit) => inOwnCall(edit, captured.source.layers ?? {}));
}

const LOSSES: Readonly<Record<string, string>> = {
  mse: "mean_squared_error",
  mae: "mean_absolute_error",
  msle: "mean_squared_logarithmic_error",
  huber: "huber",
  binaryCrossentropy: "binary_crossentropy",
  categoricalCrossentropy: "categorical_crossentropy",
};

function ofLoss({ captured, before, after }: Situation): KerasEdit[] {
  const [old, now] = [before.training.loss, after.training.loss];
  if (after.rework.turnLoss && !before.rework.turnLoss)
    return [after.rework.turnLoss === "labels" ? turnTerms(captured) : turnArguments(captured)];
  const losesOwn = before.rework.ownLoss !== false && after.rework.ownLoss === false;
  const rereads =
    before.data.oneHot !== after.data.oneHot || before.data.classNumbers !== after.data.classNumbers;
  if (!losesOwn && !rereads && JSON.stringify(old) === JSON.stringify(now)) return [];
  const name = "name" in now ? String(now.name) : "mse";
  const sparse = after.data.classNumbers && name === "categoricalCrossentropy" ? "sparse_" : "";
  const value = asPython(`${sparse}${LOSSES[name] ?? snake(name)}`);
  return [changeArgument("loss", value, { source: captured.source.compile })];
}

/** Exchanges the first two arguments in the line that defines a loss, where it is one. */
function turnArguments(captured: CapturedProgram): KerasEdit {
  const source = placeOfOwnLoss(captured) ?? captured.source.compile ?? null;
  const [written, first, between, second] =
    source?.text.match(/(?<=^\s*def\s+\w+\s*\(\s*)(\w+)(\s*,\s*)(\w+)/) ?? [];
  const replace = written ? { find: written, with: `${second}${between}${first}` } : null;
  const value = "exchange the two arguments of the loss: Keras gives it y_true first and y_pred second";
  return { argument: null, value, layer: null, source, replace };
}

function turnTerms(captured: CapturedProgram): KerasEdit {
  const source = placeOfOwnLoss(captured) ?? captured.source.compile ?? null;
  const value = "exchange y_true and (1 - y_true) in the loss";
  return { argument: null, value, layer: null, source, replace: null };
}

function ofFit({ captured, before, after }: Situation): KerasEdit[] {
  const { fit: source } = captured.source;
  const edits: KerasEdit[] = [];
  const [old, now] = [before.training.optimizer, after.training.optimizer];
  const [setter] = rateSetters(captured.program.fit?.callbacks ?? []);
  const callbacks = [
    before.training.earlyStopping && !after.training.earlyStopping && stopperOf(captured),
    old?.onPlateau && !now?.onPlateau && "ReduceLROnPlateau",
    old?.schedule && !now?.schedule && setter?.name,
  ];
  for (const value of callbacks) if (value) edits.push(changeCallbacks(value, source));
  if (before.training.shuffle === false && after.training.shuffle) edits.push(shuffleRows(captured));
  if (before.training.batchSize !== after.training.batchSize)
    edits.push(changeArgument("batch_size", asPython(after.training.batchSize), { source }));
  const { class_weight: weights, epochs, calls, isOneLine, runsDryAfter } = captured.program.fit ?? {};
  if (before.data.evenClasses !== after.data.evenClasses) {
    const argument = weights ? "class_weight" : "sample_weight";
    const value = weights ? BALANCED : `compute_sample_weight("balanced", y)`;
    edits.push(changeArgument(argument, inOwnNames(value, source), { source }));
  }
  // Where several lines train, it is for the author to say which of them should train longer.
  if (before.training.steps !== after.training.steps && isOneLine !== false) {
    const asBefore = before.training.steps * timesTheRows({ captured, before, after });
    const more = Math.ceil(((epochs ?? 1) * after.training.steps) / asBefore / (calls ?? 1));
    if (typeof runsDryAfter === "number")
      edits.push({ argument: null, value: ANEW, layer: null, source: source ?? null, replace: null });
    // The same epochs of more rows are more steps by themselves.
    else if (asBefore === before.training.steps || after.training.steps > ABOUT_AS_MANY * asBefore)
      edits.push(changeArgument("epochs", asPython(more), { source }));
  }
  return edits;
}

/** Keras shuffles whole tables alone, whatever fit is told. */
function shuffleRows({ program, source: { fit: source } }: CapturedProgram): KerasEdit {
  if (program.fit?.isTable !== false) return changeArgument("shuffle", "True", { source });
  const rows = program.fit.examples ?? "all rows";
  const value = `a shuffle of all rows for each epoch, such as dataset.shuffle(${rows}) before batch(…)`;
  return { argument: null, value, layer: null, source: source ?? null, replace: null };
}

/** What is iterated over gives its rows once. */
const ANEW =
  "a source that gives its rows anew in each epoch, such as from_generator(rows), which calls the function each time, in place of one generator that it made";

/** The callback that chooses the weights of an epoch. */
function stopperOf({ program }: CapturedProgram): string {
  const names = program.fit?.callbacks?.map(({ class_name: name }) => name) ?? [];
  return names.includes("EarlyStopping") ? "EarlyStopping" : "ModelCheckpoint";
}

/** Rows that are held out are among those that the script holds, and are not trained on. */
const ABOUT_AS_MANY = 1.2;

/** How many times the rows a change trains on that takes all rows that the script holds. */
function timesTheRows({ captured, before, after }: Pick<Situation, "captured" | "before" | "after">): number {
  const { held = [], x } = captured.arrays;
  const version = before.data.asHeld
    ? undefined
    : (after.data.asHeld ?? []).find((one) => held[one]?.of === "rows");
  const all = version === undefined ? undefined : held[version]?.x?.shape[0];
  const own = x[0]?.shape[0];
  return all && own ? Math.max(1, all / own) : 1;
}

/** Each class counts as much as every other. */
const BALANCED = "{c: len(y) / (len(np.unique(y)) * np.sum(y == c)) for c in np.unique(y)}";
