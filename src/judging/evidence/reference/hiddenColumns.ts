// Numbers that only stand for something else: codes of names, which a division may have brought to another scale, and times, which
// come round each day or each week. A network that takes them by their size has next to nothing to go by, and nor has a
// regression; one that reads them as what they stand for has.

import { onceFor } from "../../../foundation/onceFor.ts";
import type { InputReading } from "../../../learning/config/schema.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { readerOf, weighedTarget } from "../../../learning/subject/own/readInputs.ts";
import { inputParts, targetParts } from "../../../learning/subject/parts.ts";
import { leftByReferences } from "./attainable.ts";

/** How one column is read. */
type ColumnReading = Exclude<InputReading, { readonly as: "codes" }>;

/** A column that tells the targets once it is read as what it stands for. */
export interface HiddenColumn {
  readonly reading: ColumnReading;
  /** What references leave that take it by its size: a share of Var(Y), or of the wrong classes. */
  readonly bySize: number;
  /** What they leave that read it so. */
  readonly read: number;
  /** How many different numbers it has. */
  readonly different: number;
}

/** Read otherwise, references leave at most this much, at most this share of what they leave by size, and so much less. */
const TELLS = 0.5;
const MUCH_LESS = 0.6;
const TELLS_MORE = 0.2;
/** Fewer names a network easily tells apart by size; each has to stand in so many rows that its mean is no chance. */
const FEWEST_NAMES = 12;
const ROWS_OF_A_NAME = 8;
/** A time has so many different numbers at least, of equal steps, and in each part of a round so many rows. */
const FEWEST_TIMES = 48;
const ROUNDS = 3;
/** Steps of a day, a week or a year, counted by minutes, quarters and halves of an hour, hours, days, weeks or months. */
const PERIODS = [7, 12, 24, 48, 52, 96, 144, 168, 288, 365, 1440];
const MOST_COLUMNS = 30;
/** How much of the variance of the targets, told by one half of the rows for the other, makes a reading worth a regression. */
const WORTH = 0.1;

/** Finds the column that tells the most once it is read as names or as a round; null where none does. */
export const findHiddenColumn = onceFor(search);

function search(train: Examples): HiddenColumn | null {
  const [part, ...others] = inputParts(train);
  const columns = part?.shape[0] ?? 0;
  if (others.length > 0 || part?.shape.length !== 1 || columns > MOST_COLUMNS) return null;
  if (targetParts(train).length !== 1 || train.ownTargets) return null;
  const readings = Array.from({ length: columns }, (_, place) => readingsOf(train, place)).flat();
  const best = readings.sort((a, b) => b.told - a.told)[0];
  if (!best || best.told < WORTH) return null;
  const bySize = leftByReferences(train, train.inputs);
  const { inputs } = readerOf(half(train, 0), [best.reading])(train);
  // What names mean is told by one half of the rows, and judged on the other.
  const judged = half({ ...train, inputs }, 1);
  const read = leftByReferences(judged, judged.inputs);
  if (bySize === null || read === null || read > TELLS) return null;
  if (read > MUCH_LESS * bySize || bySize - read < TELLS_MORE) return null;
  return { reading: best.reading, bySize, read, different: best.different };
}

interface Candidate {
  readonly reading: ColumnReading;
  readonly told: number;
  readonly different: number;
}

function readingsOf(train: Examples, place: number): readonly Candidate[] {
  const columns = train.inputs.length / train.count;
  const values = Array.from(
    { length: train.count },
    (_, row) => train.inputs[row * columns + place] as number,
  );
  const numbers = [...new Set(values)].sort((a, b) => a - b);
  const different = numbers.length;
  if (different >= FEWEST_NAMES && different * ROWS_OF_A_NAME <= train.count)
    return [{ reading: { place, as: "names" }, told: toldBy(train, values), different }];
  const [least = 0, most = 0] = [numbers[0], numbers.at(-1)];
  const step = stepOf(numbers);
  if (different < FEWEST_TIMES || !areSteps(numbers, step)) return [];
  return PERIODS.filter(
    (period) => (most - least) / step >= ROUNDS * period && train.count >= ROUNDS * period,
  ).map((period) => {
    const phases = values.map((value) => Math.round((value - least) / step) % period);
    return {
      reading: { place, as: "round", least, step, period } as const,
      told: toldBy(train, phases),
      different,
    };
  });
}

/** The step of a time: rounding makes some distances of neighbours a little larger or smaller, so all of them are counted. */
function stepOf(numbers: readonly number[]): number {
  const distances = numbers.slice(1).map((value, at) => value - (numbers[at] as number));
  const usual = distances.toSorted((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 1;
  const steps = distances.reduce((sum, distance) => sum + Math.round(distance / usual), 0);
  return ((numbers.at(-1) ?? 0) - (numbers[0] ?? 0)) / Math.max(1, steps);
}

/** Rounding to 32 bits moves a time by some of its step. */
const OFF = 0.1;
const EQUAL = 0.9;

/** Whether numbers lie whole steps apart, and most places are taken. */
function areSteps(numbers: readonly number[], step: number): boolean {
  const [least = 0, most = 0] = [numbers[0], numbers.at(-1)];
  const places = numbers.map((value) => (value - least) / step);
  const inPlace = places.filter((place) => Math.abs(place - Math.round(place)) <= OFF).length;
  return inPlace >= EQUAL * numbers.length && 2 * numbers.length >= (most - least) / step;
}

/** The share of the variance of the targets that the means of groups in one half of the rows tell in the other. */
function toldBy(train: Examples, groups: readonly number[]): number {
  const sums = new Map<number, { sum: number; count: number }>();
  let [all, known] = [0, 0];
  for (let row = 0; row < train.count; row += 2) {
    const own = sums.get(groups[row] as number) ?? { sum: 0, count: 0 };
    own.sum += weighedTarget(train, row);
    own.count += 1;
    sums.set(groups[row] as number, own);
    all += weighedTarget(train, row);
    known += 1;
  }
  const mean = all / known;
  let [left, total] = [0, 0];
  for (let row = 1; row < train.count; row += 2) {
    const own = sums.get(groups[row] as number);
    const target = weighedTarget(train, row);
    left += (target - (own ? own.sum / own.count : mean)) ** 2;
    total += (target - mean) ** 2;
  }
  return total > 0 ? 1 - left / total : 0;
}

/** Every second row. */
function half(train: Examples, first: 0 | 1): Examples {
  const columns = train.inputs.length / train.count;
  const rows = Array.from({ length: train.count }, (_, row) => row).filter((row) => row % 2 === first);
  const pick = (table: Float32Array, width: number) =>
    Float32Array.from(
      { length: rows.length * width },
      (_, at) => table[(rows[Math.floor(at / width)] as number) * width + (at % width)] as number,
    );
  return {
    ...train,
    inputs: pick(train.inputs, columns),
    targets: pick(train.targets, train.outputs),
    count: rows.length,
  };
}
