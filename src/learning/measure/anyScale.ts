// A loss of a project's own may ask for directions, as of quaternions, whatever the size of the answers is: it normalises them
// itself. Beside targets of length 1 right answers of another length look wrong, so that only the loss itself can judge them.

import { seedStream } from "../../foundation/random/seedStream.ts";
import type { Loss } from "../loss/loss.ts";
import type { Examples } from "../subject/examples.ts";
import { areOneHot } from "../subject/own/labels.ts";
import { columnsOf, type Placed, type TargetPart } from "../subject/parts.ts";
import { sampleExamples } from "../subject/sample.ts";
import { lossOfRows } from "./rowLosses.ts";

const MOST_ROWS = 32;
/** Lengths that differ from 1 by more than this are part of what the targets say. */
const OFF = 0.01;
/** Losses of answers of another size may differ by this share. */
const ROUNDING = 1e-3;
/** Other answers change the losses by more than this share. */
const CLEARLY = 0.01;

/**
 * Whether a loss is the same for answers of any size, where all targets are numbers of length 1.
 *
 * @returns false for outputs of one number, and for shares of classes, whose sizes are of no use to a crossentropy either.
 */
export async function asksOfAnyScale(
  loss: Loss,
  train: Examples,
  part: Placed<TargetPart>,
  seed: number,
): Promise<boolean> {
  if (part.size < 2) return false;
  const judged = sampleExamples(train, seed);
  const targets = columnsOf(judged.targets, judged.outputs, part).slice(0, MOST_ROWS * part.size);
  const rows = targets.length / part.size;
  if (areOneHot({ shape: [rows, part.size], values: targets }) || !haveLengthOne(targets, part.size))
    return false;
  const random = seedStream(seed, "measure/anyScale");
  const guesses = targets.map(() => 2 * random.uniform() - 1);
  const others = targets.map(() => 2 * random.uniform() - 1);
  const factors = Float32Array.from({ length: rows }, () => 4 ** (2 * random.uniform() - 1));
  const scaled = guesses.map((guess, at) => guess * (factors[Math.floor(at / part.size)] as number));
  const lossesOf = (predictions: Float32Array) =>
    lossOfRows({ loss, targets: part.shape, outputs: part.shape }, { targets, predictions });
  try {
    const [own, ofScaled, ofOthers] = [
      await lossesOf(guesses),
      await lossesOf(scaled),
      await lossesOf(others),
    ];
    return differLess(own, ofScaled, ROUNDING) && !differLess(own, ofOthers, CLEARLY);
  } catch {
    // A loss that throws is reported where it trains.
    return false;
  }
}

function haveLengthOne(table: Float32Array, size: number): boolean {
  for (let start = 0; start < table.length; start += size) {
    const row = table.subarray(start, start + size);
    if (Math.abs(Math.hypot(...row) - 1) > OFF) return false;
  }
  return true;
}

function differLess(one: ArrayLike<number>, other: ArrayLike<number>, share: number): boolean {
  return Array.from(one).every((value, at) => {
    const difference = Math.abs(value - (other[at] as number));
    return difference <= share * Math.max(1e-6, Math.abs(value));
  });
}
