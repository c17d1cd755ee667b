// Reads a column of inputs as what its numbers stand for: names, which have no order, or a time that comes round again and again.

import type { InputReading } from "../../config/schema.ts";
import type { Examples } from "../examples.ts";
import { inputParts } from "../parts.ts";

/** Returns what to make of the inputs of any rows, as the training rows tell what names mean. */
export function readerOf(train: Examples, readings: readonly InputReading[]): (rows: Examples) => Examples {
  const columns = train.inputs.length / train.count;
  const made = new Map(
    readings.flatMap((reading) =>
      placesOf(reading, train).map((place) => [place, readBy(train, reading)] as const),
    ),
  );
  return (rows) => ({
    ...rows,
    inputs: rows.inputs.map((value, at) => made.get(at % columns)?.(value) ?? value),
  });
}

/** Codes that were divided by a number stand at all places of an input. */
function placesOf(reading: InputReading, train: Examples): readonly number[] {
  const columns = train.inputs.length / train.count;
  if (reading.as === "codes") {
    const part =
      reading.input === undefined ? { offset: 0, size: columns } : inputParts(train)[reading.input];
    return Array.from({ length: part?.size ?? 0 }, (_, place) => (part?.offset ?? 0) + place);
  }
  return reading.place < columns ? [reading.place] : [];
}

function readBy(train: Examples, reading: InputReading): (value: number) => number {
  switch (reading.as) {
    case "names":
      return byName(train, reading.place);
    case "codes":
      return (value) => Math.round(value / reading.step);
    case "round":
      return byRound(reading);
  }
}

/** The place of a number in its round, from -1 to 1. */
function byRound({ least, step, period }: Extract<InputReading, { readonly as: "round" }>) {
  return (value: number) => {
    const place = Math.round((value - least) / step) % period;
    return (2 * (place < 0 ? place + period : place)) / period - 1;
  };
}

/** The mean target of the training rows of the same name, in standard deviations of such means; 0 for a name without any. */
function byName(train: Examples, place: number): (value: number) => number {
  const columns = train.inputs.length / train.count;
  const sums = new Map<number, { sum: number; count: number }>();
  for (let row = 0; row < train.count; row++) {
    const name = train.inputs[row * columns + place] as number;
    const own = sums.get(name) ?? { sum: 0, count: 0 };
    own.sum += weighedTarget(train, row);
    own.count += 1;
    sums.set(name, own);
  }
  const means = new Map([...sums].map(([name, { sum, count }]) => [name, sum / count]));
  const all = [...means.values()];
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  const deviation = Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length) || 1;
  return (name) => ((means.get(name) ?? mean) - mean) / deviation;
}

/** One number for the targets of a row: classes by their number. */
export function weighedTarget(
  { targets, outputs }: Pick<Examples, "targets" | "outputs">,
  row: number,
): number {
  let sum = 0;
  for (let output = 0; output < outputs; output++)
    sum += (output + 1) * (targets[row * outputs + output] as number);
  return sum;
}
