// Says of a change to the data what lines of Python make it.

import type { InputReading, OwnDataConfig } from "../../config/schema.ts";
import { windowsOf } from "../../subject/lastValue.ts";
import type { CapturedArrays } from "../program/capturedFile.ts";
import type { KerasEdit } from "./edit.ts";
import { inOwnNames } from "./ownNames.ts";
import { LINES } from "./questionEdits.ts";
import type { Situation } from "./shapeEdits.ts";

/** The lines that change the data, before the call that trains. */
export function ofData({ captured, before, after }: Situation): KerasEdit[] {
  const { fit: source = null } = captured.source;
  const add = (value: string): KerasEdit => ({ argument: null, value, layer: null, source, replace: null });
  const isFlat = (captured.arrays.x[0]?.shape.length ?? 2) === 2;
  const asChanges = before.data.asChanges ? undefined : after.data.asChanges;
  const held = before.data.asHeld ? [] : linesOfHeld(captured.arrays, after.data);
  const ours = [
    ...ofRows(before.data, after.data),
    ...ofSides(before.data, after.data, isFlat),
    ...(asChanges ? [linesOfChanges(captured.arrays, asChanges)] : []),
    ...ofScales(before.data, after.data, isFlat),
  ];
  return [...held, ...ours.map((line) => inOwnNames(line, source))].map(add);
}

/** The lines that make changes of the values of a series, by the place that the last of them has in its window. */
function linesOfChanges({ x: [x], y: [y] }: CapturedArrays, asChanges: "targets" | "both"): string {
  const shape = x?.shape ?? [];
  const [count = 0, ...inputShape] = shape;
  const isStep = inputShape.length === 2 && (inputShape[0] as number) > 1;
  const table = x && y && { inputs: x.values, inputShape, count, targets: y.values };
  const newestFirst =
    table && windowsOf({ ...table, outputs: table.targets.length / count })?.newestFirst === true;
  const place = newestFirst ? "0" : "-1";
  const last = inputShape.length === 1 ? `x[:, ${place}]` : isStep ? "x[:, -1, 0]" : `x[:, 0, ${place}]`;
  const steps = isStep
    ? "np.diff(x, axis=1, prepend=x[:, :1])"
    : newestFirst
      ? "-np.diff(x, axis=-1, append=x[..., -1:])"
      : "np.diff(x, axis=-1, prepend=x[..., :1])";
  return `y = y - ${last}${asChanges === "both" ? `; x = ${steps}` : ""}`;
}

/** The lines that train on what the script holds elsewhere, each once. */
function linesOfHeld({ held = [] }: CapturedArrays, { asHeld = [] }: OwnDataConfig): string[] {
  return [...new Set(asHeld.flatMap((version) => held[version]?.line ?? []))];
}

/** The lines that change which rows and columns belong together. */
function ofRows(before: OwnDataConfig, after: OwnDataConfig): string[] {
  const lines: string[] = [];
  const { shiftTargets: shift, withoutInputs: without, heldOutClasses: numbers } = after;
  if (numbers && !before.heldOutClasses)
    lines.push(
      `number the classes of both tables by one list: class ${numbers.map((number, own) => `${own} of y_val is class ${number} of y`).join(", ")};`,
    );
  if (after.turnLabels && !before.turnLabels)
    lines.push("y = 1 - y, or y_true and (1 - y_true) exchanged in the loss,");
  if (after.exchangeTargets && !before.exchangeTargets)
    lines.push(`exchange the targets of outputs ${after.exchangeTargets.join(" and ")}, counted from 0,`);
  for (const { target, value } of before.withoutMarked ? [] : (after.withoutMarked ?? []))
    lines.push(`known = y[:, ${target}] != ${value}; x, y = x[known], y[known]`);
  if (after.fillGaps && !before.fillGaps)
    lines.push("x = np.where(np.isfinite(x), x, np.mean(x, axis=0, where=np.isfinite(x))), and so for y,");
  if (before.resplit !== after.resplit && after.resplit === "distinct")
    lines.push("split before rows are repeated or shuffled anew, and keep what is held out out of training");
  else if (before.resplit !== after.resplit && after.resplit === "more")
    lines.push("train_test_split(inputs, targets, test_size=0.2), so that most rows are trained on,");
  else if (before.resplit !== after.resplit)
    lines.push("order = np.random.permutation(len(x)); x, y = x[order], y[order]");
  if (shift?.along === "windows" && !before.shiftTargets)
    lines.push(
      `timeseries_dataset_from_array(values, values[${shift.train}:], …), so that each window gets what follows it,`,
    );
  else if (shift && !before.shiftTargets) {
    if (shift.train !== 0) lines.push(moveRows("x", "y", shift.train));
    if (shift.asked) lines.push(moveRows("x_test", "y_test", shift.asked));
    if (shift.heldOut !== 0) lines.push(moveRows("x_val", "y_val", shift.heldOut));
  }
  for (const reading of before.readInputs ? [] : (after.readInputs ?? [])) lines.push(readColumn(reading));
  if (after.withoutWeights && !before.withoutWeights)
    lines.push("leave sample_weight out, or turn it round: 1 for what is to be learnt, 0 for the rest,");
  if (after.delayInput !== undefined && before.delayInput === undefined)
    lines.push(
      "show the decoder the answer before each: np.concatenate([start, shown[:, :-1]], axis=1), with a start of its own, in place of shown,",
    );
  if (without && !before.withoutInputs) lines.push(`x = np.delete(x, ${JSON.stringify(without)}, axis=-1)`);
  return lines;
}

/** The line that gives the network what the numbers of a column stand for. */
function readColumn(reading: InputReading): string {
  if (reading.as === "codes")
    return "leave out the division of x: Embedding takes whole numbers, and cuts off what stands behind the comma,";
  const column = `x[:, ${reading.place}]`;
  if (reading.as === "names")
    return `names = keras.utils.to_categorical(np.unique(${column}, return_inverse=True)[1]), with a column for each name, in place of ${column},`;
  const turn = `turn = 2 * np.pi * (${column} - ${reading.least}) / ${reading.step * reading.period}`;
  return `${turn}, and np.sin(turn) and np.cos(turn) in place of ${column},`;
}

function moveRows(x: string, y: string, rows: number): string {
  const [early, late] = [`[:-${Math.abs(rows)}]`, `[${Math.abs(rows)}:]`];
  return rows > 0 ? `${x}, ${y} = ${x}${early}, ${y}${late}` : `${x}, ${y} = ${x}${late}, ${y}${early}`;
}

/** The lines that scale held-out examples as those of training are. */
function ofSides(before: OwnDataConfig, after: OwnDataConfig, isFlat: boolean): string[] {
  const lines: string[] = [];
  const { matchHeldOut: sides, prepareHeldOut: how } = after;
  if (how && !before.prepareHeldOut) lines.push(LINES[how].replaceAll("x_asked", "x_val"));
  if (sides && !before.matchHeldOut) {
    if (sides !== "targets")
      lines.push(
        isFlat
          ? "x_val = scaler.transform(x_val), by the scaler that was fitted to x,"
          : "x_val = preprocess(x_val), by the same steps and the same numbers as x,",
      );
    if (sides !== "inputs")
      lines.push("y_val = scaler.transform(y_val), by the scaler that was fitted to y,");
  }
  return lines;
}

/** The lines that change the scales of inputs and targets. */
function ofScales(before: OwnDataConfig, after: OwnDataConfig, isFlat: boolean): string[] {
  const lines: string[] = [];
  if (before.standardiseInputs !== after.standardiseInputs)
    lines.push(isFlat ? "x = StandardScaler().fit_transform(x)" : "x = (x - x.mean()) / x.std()");
  const toUnit = (name: string) => `${name} = (${name} - ${name}.min()) / (${name}.max() - ${name}.min())`;
  if (after.unitInputs && !before.unitInputs) lines.push(toUnit("x"));
  if (after.unitTargets && !before.unitTargets) lines.push(toUnit("y"));
  if (before.standardiseTargets !== after.standardiseTargets)
    lines.push("y = (y - y.mean(axis=0)) / y.std(axis=0)");
  return lines;
}
