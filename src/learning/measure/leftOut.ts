// A loss of a project's own may ask for some numbers of some examples alone: where no box is in a picture, its place and its
// size stand for nothing, and the target that says so is asked everywhere. Beside the fillers of the others a right answer
// looks wrong, so that only the loss itself can judge it. A loss that leaves out what its own target says has a fault instead:
// without the second term of a crossentropy, a target of 0 is never asked.

import { grad, type Scalar, tensor, tidy } from "@tensorflow/tfjs-core";
import { seedStream } from "../../foundation/random/seedStream.ts";
import { freeingTape } from "../engine/freeTape.ts";
import type { Loss } from "../loss/loss.ts";
import type { Examples } from "../subject/examples.ts";
import { columnsOf, type Placed, sizeOf, type TargetPart } from "../subject/parts.ts";
import { sampleExamples } from "../subject/sample.ts";
import { readAndDispose } from "../training/read.ts";

/**
 * The ranges of the answers at which a loss is asked: probabilities, and numbers of both signs. At one answer alone, a slope may
 * be 0 by chance, as that of a hinge is.
 */
const RANGES: readonly (readonly [from: number, to: number])[] = [
  [0, 1],
  [0, 1],
  [-1, 2],
  [-1, 2],
];

/**
 * Whether a loss has no slope at some numbers of some examples, whatever their own targets are, while it asks for these
 * numbers in other examples, and for some others in all.
 *
 * @returns false for outputs of one number.
 */
export async function leavesNumbersOut(
  loss: Loss,
  train: Examples,
  part: Placed<TargetPart>,
  seed: number,
): Promise<boolean> {
  if (part.size < 2) return false;
  const judged = sampleExamples(train, seed);
  const targets = columnsOf(judged.targets, judged.outputs, part);
  const random = seedStream(seed, "measure/leftOut");
  const guesses = RANGES.map(([from, to]) => targets.map(() => from + (to - from) * random.uniform()));
  try {
    const asked = await askedNumbers(loss, targets, guesses, part.shape);
    const shares = sharesAsked(asked, part.size);
    if (!shares.some((share) => share > 0 && share < 1) || !shares.includes(1)) return false;
    const moved = moveRows(targets, shares);
    const stillAsked = await askedNumbers(loss, moved, guesses, part.shape);
    return asked.every((one, at) => one === stillAsked[at]);
  } catch {
    // A loss that throws is reported where it trains.
    return false;
  }
}

/** Whether a loss has a slope at each number, `[examples, numbers]`, for any of the answers. */
async function askedNumbers(
  loss: Loss,
  targets: Float32Array,
  guesses: readonly Float32Array[],
  shape: readonly number[],
): Promise<boolean[]> {
  const rows = [targets.length / sizeOf(shape), ...shape];
  const asked = new Array<boolean>(targets.length).fill(false);
  for (const guess of guesses) {
    const slope = grad((given) => loss(tensor(targets, rows), given) as Scalar);
    const slopes = await readAndDispose(freeingTape(() => tidy(() => slope(tensor(guess, rows)))));
    for (const [at, one] of slopes.entries()) if (Math.abs(one) > 0) asked[at] = true;
  }
  return asked;
}

/** The share of the examples in which each number is asked. */
function sharesAsked(asked: readonly boolean[], size: number): number[] {
  const counts = new Array<number>(size).fill(0);
  for (const [at, one] of asked.entries()) if (one) counts[at % size] = (counts[at % size] as number) + 1;
  return counts.map((count) => (count * size) / asked.length);
}

/** Gives the numbers that are not asked in all examples the targets of the next example. */
function moveRows(targets: Float32Array, shares: readonly number[]): Float32Array {
  const size = shares.length;
  return targets.map((value, at) =>
    shares[at % size] === 1 ? value : (targets[(at + size) % targets.length] as number),
  );
}
