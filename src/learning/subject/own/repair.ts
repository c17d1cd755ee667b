// Changes examples that a project's own code has given, as the fields of `data` ask that undo a fault of theirs.

import { HELD_OUT_PREPARATIONS, type HeldOutPreparation } from "../../config/preparations.ts";
import type { OwnDataConfig } from "../../config/schema.ts";
import { prepare, preparedOtherwise } from "../asked/preparation.ts";
import type { Prepared } from "../asked/question.ts";
import { type Examples, gather } from "../examples.ts";
import { toChanges } from "../lastValue.ts";
import { inputColumns, matchScales, numberColumns } from "../matchScales.ts";
import { rowKeys } from "../rowKeys.ts";
import type { ExampleSets } from "../subject.ts";
import { delayInput } from "./delayInput.ts";
import { evenClasses } from "./evenClasses.ts";
import { exchangeParts } from "./exchangeParts.ts";
import { moveAlongWindows, moveTargets } from "./moveTargets.ts";
import { readerOf } from "./readInputs.ts";
import { renumberTargets } from "./renumberTargets.ts";

type OfTargets = "turnLabels" | "exchangeTargets" | "withoutMarked";
type Repairs = Pick<
  OwnDataConfig,
  | "withoutInputs"
  | "delayInput"
  | "readInputs"
  | OfTargets
  | "shiftTargets"
  | "heldOutClasses"
  | "matchHeldOut"
  | "prepareHeldOut"
  | "asChanges"
  | "evenClasses"
>;

/** Makes the changes that concern rows and columns, before the examples are split again or standardised. */
export function repairRows(
  all: ExampleSets,
  { shiftTargets, heldOutClasses, withoutInputs, readInputs, delayInput: late, ...ofTargets }: Repairs,
): ExampleSets {
  const repaired = (set: Examples) => delayed(repairTargets(set, ofTargets), late);
  const given = { train: repaired(all.train), heldOut: all.heldOut && repaired(all.heldOut) };
  const sets =
    given.heldOut && heldOutClasses
      ? { ...given, heldOut: renumberTargets(given.heldOut, heldOutClasses) }
      : given;
  const move = shiftTargets?.along === "windows" ? moveAlongWindows : moveTargets;
  const moved = shiftTargets
    ? {
        train: move(sets.train, shiftTargets.train),
        heldOut: sets.heldOut && move(sets.heldOut, shiftTargets.heldOut),
      }
    : sets;
  const read = readInputs ? readerOf(moved.train, readInputs) : null;
  const { train, heldOut } = read
    ? { train: read(moved.train), heldOut: moved.heldOut && read(moved.heldOut) }
    : moved;
  if (!withoutInputs) return { train, heldOut };
  const means = meansAt(train, withoutInputs);
  return { train: blank(train, means), heldOut: heldOut && blank(heldOut, means) };
}

/** Lists the held-out examples of a program as each of the ways that apply would prepare them. */
export function heldOutOtherwise({ train, heldOut }: ExampleSets): readonly Prepared[] {
  const isOne = ({ how }: Prepared) => (HELD_OUT_PREPARATIONS as readonly string[]).includes(how);
  return heldOut ? preparedOtherwise(heldOut, train).filter(isOne) : [];
}

/** Makes the changes that concern scales and weights, on sets that are split as they are trained on. */
export function repairScales(
  sets: ExampleSets,
  { matchHeldOut, prepareHeldOut, asChanges, evenClasses: even }: Repairs,
): ExampleSets {
  const train = even ? evenClasses(sets.train) : sets.train;
  const given =
    sets.heldOut && prepareHeldOut ? prepareAs(sets.heldOut, train, prepareHeldOut) : sets.heldOut;
  const heldOut = given && matchHeldOut ? matchSides(given, train, matchHeldOut) : given;
  if (!asChanges) return { train, heldOut };
  const change = (of: Examples) => toChanges(of, train, asChanges);
  return { train: change(train), heldOut: heldOut && change(heldOut) };
}

/**
 * Makes of rows that a script asks about what the changes of columns made of those of training: the trained network knows them
 * in no other form.
 *
 * @param given the training examples as they were read.
 * @param train the same as they are split, before their scales are changed.
 */
export function repairAsked(
  asked: Examples,
  given: Examples,
  train: Examples,
  {
    withoutInputs,
    readInputs,
    asChanges,
    shiftTargets,
    delayInput: late,
    ...ofTargets
  }: Pick<Repairs, OfTargets | "withoutInputs" | "readInputs" | "asChanges" | "shiftTargets" | "delayInput">,
): Examples {
  const known = moveTargets(delayed(repairTargets(asked, ofTargets), late), shiftTargets?.asked ?? 0);
  const read = readInputs ? readerOf(given, readInputs)(known) : known;
  const rows = withoutInputs ? blank(read, meansAt(given, withoutInputs)) : read;
  return asChanges ? toChanges(rows, train, asChanges) : rows;
}

function delayed(examples: Examples, place: number | undefined): Examples {
  return place === undefined ? examples : delayInput(examples, place);
}

/** Makes the changes that concern what the targets of each example mean. */
function repairTargets(
  examples: Examples,
  { turnLabels, exchangeTargets, withoutMarked = [] }: Pick<Repairs, OfTargets>,
): Examples {
  const turned = turnLabels
    ? {
        ...examples,
        targets: examples.targets.map((target) => (target === 0 || target === 1 ? 1 - target : target)),
      }
    : examples;
  const exchanged = exchangeTargets ? exchangeParts(turned, exchangeTargets) : turned;
  return leaveOutMarked(exchanged, withoutMarked);
}

/** Leaves out the examples with a mark among their targets; where all have one, they stay as they are. */
function leaveOutMarked(examples: Examples, marks: NonNullable<OwnDataConfig["withoutMarked"]>): Examples {
  const { targets, outputs, count } = examples;
  const isMarked = (row: number) =>
    marks.some(({ target, value }) => targets[row * outputs + target] === Math.fround(value));
  const rows = Array.from({ length: count }, (_, row) => row).filter((row) => !isMarked(row));
  return rows.length === count || rows.length === 0 ? examples : gather(examples, rows);
}

function meansAt({ inputs, count }: Examples, places: readonly number[]): ReadonlyMap<number, number> {
  const columns = inputs.length / count;
  return new Map(
    places
      .filter((place) => place < columns)
      .map((place) => {
        let sum = 0;
        for (let row = 0; row < count; row++) sum += inputs[row * columns + place] as number;
        return [place, sum / count];
      }),
  );
}

function blank(examples: Examples, means: ReadonlyMap<number, number>): Examples {
  const columns = examples.inputs.length / examples.count;
  return {
    ...examples,
    inputs: examples.inputs.map((value, at) => means.get(at % columns) ?? value),
  };
}

/**
 * Makes of rows that a script asks about what is made of the held-out ones, where they are the same rows.
 *
 * @param heldOut the held-out examples as they were read.
 */
export function repairAskedHeldOut(
  asked: Examples,
  { train, heldOut }: ExampleSets,
  repairs: Repairs,
): Examples {
  const { heldOutClasses, matchHeldOut, prepareHeldOut } = repairs;
  if (!heldOut && heldOutClasses && areNew(asked, train)) return renumberTargets(asked, heldOutClasses);
  if (!heldOut || !(heldOutClasses || matchHeldOut || prepareHeldOut)) return asked;
  const places = new Map(rowKeys(heldOut.inputs, heldOut.count).map((key, row) => [key, row]));
  const rows = rowKeys(asked.inputs, asked.count).map((key) => places.get(key) ?? -1);
  if (rows.includes(-1)) return asked;
  const numbered = heldOutClasses ? renumberTargets(heldOut, heldOutClasses) : heldOut;
  const made = repairScales({ train, heldOut: numbered }, { matchHeldOut, prepareHeldOut }).heldOut;
  return made ? gather(made, rows) : asked;
}

/** Whether hardly any of some rows is trained on. */
function areNew(rows: Examples, train: Examples): boolean {
  const known = new Set(rowKeys(train.inputs, train.count));
  return rowKeys(rows.inputs, rows.count).filter((key) => known.has(key)).length <= FEW_KNOWN * rows.count;
}

const FEW_KNOWN = 0.1;

/** Where a way does not apply, the examples stay as they are. */
function prepareAs(heldOut: Examples, train: Examples, how: HeldOutPreparation): Examples {
  return prepare(heldOut, train, how) ?? heldOut;
}

function matchSides(heldOut: Examples, train: Examples, sides: "inputs" | "targets" | "both"): Examples {
  const given = inputColumns(train);
  const size = train.inputs.length / train.count;
  const inputs = () => matchScales(heldOut.inputs, train.inputs, size, given);
  const targets = () => matchScales(heldOut.targets, train.targets, train.outputs, numberColumns(train));
  return {
    ...heldOut,
    ...(sides !== "targets" && { inputs: inputs() }),
    ...(sides !== "inputs" && { targets: targets() }),
  };
}
