// A loss of a project's own may ask for each target on another scale: the negative log-likelihood of an exponential distribution
// is least at the logarithm of a rate, and a loss that squeezes its outputs by a softplus at what the softplus makes of no target.
// Answers that do what it asks look wrong beside the targets, so that only the loss itself can judge them. A loss that asks for a
// multiple of its targets, or for their opposite, has a fault instead.

import { largestOf, leastOf } from "../../foundation/numbers/extremes.ts";
import { average, correlation } from "../../foundation/numbers/statistics.ts";
import type { Loss } from "../loss/loss.ts";
import type { Examples } from "../subject/examples.ts";
import { columnsOf, type Placed, type TargetPart } from "../subject/parts.ts";
import { sampleExamples } from "../subject/sample.ts";
import { hasReference } from "./referenceLoss.ts";
import { lossOfRows, type ShapedLoss } from "./rowLosses.ts";

/** The examples that are asked about, by the rank of their first target. */
const RANKS: readonly number[] = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95];
/** Answers are looked for from the least to the largest of these numbers and of their opposites, then ever nearer the best. */
const SIZES: readonly number[] = Array.from({ length: 28 }, (_, at) => 2 ** (at / 2 - 4));
const ROUNDS = 4;
const POINTS = 16;
/** Answers that leave a line through the targets by less than this share of their variance are a multiple of them. */
const BENT = 0.005;
/** Answers this near to their targets, over the range of these, are the targets themselves. */
const THE_SAME = 0.02;
/** So many numbers of an output are asked about, each by itself. */
const MOST_NUMBERS = 8;
/** Losses of right answers that differ by less than this share of what the targets themselves cost are the same. */
const LIKE = 0.02;

/** What a loss asks for on a scale of its own. */
export interface OtherScale {
  /** The loss of right answers, whatever their targets are; null where it depends on these. */
  readonly floor: number | null;
}

/**
 * Finds whether a loss asks each target for one answer of its own, which grows or falls with the target, and not along a line. Of
 * several numbers each is asked about by itself, and those that are not on such a scale are to be their targets.
 *
 * @returns null where it does not, and for data on which neither a reference nor the loss itself tells what it can reach.
 */
export async function asksOnAnotherScale(
  loss: Loss,
  train: Examples,
  part: Placed<TargetPart>,
  seed: number,
): Promise<OtherScale | null> {
  if (part.size > MOST_NUMBERS) return null;
  const judged = sampleExamples(train, seed);
  const rows = rowsByRank(columnsOf(judged.targets, judged.outputs, part), part.size);
  const shaped: ShapedLoss = { loss, targets: part.shape, outputs: part.shape };
  try {
    const answers: Float32Array[] = [];
    for (const row of rows) {
      const answer = await answersFor(shaped, row);
      if (answer === null) return null;
      answers.push(answer);
    }
    const scales = Array.from({ length: part.size }, (_, number) =>
      scaleOf(
        rows.map((row) => row[number] as number),
        answers.map((row) => row[number] as number),
      ),
    );
    if (scales.includes("neither") || !scales.includes("bent")) return null;
    const floor = await floorOf(shaped, rows, answers);
    return floor === null && (part.size > 1 || !hasReference(judged, 1)) ? null : { floor };
  } catch {
    // A loss that throws is reported where it trains.
    return null;
  }
}

/** Rows of targets, from a small first number to a large one. */
function rowsByRank(targets: Float32Array, size: number): readonly Float32Array[] {
  const rows = Array.from({ length: targets.length / size }, (_, row) =>
    targets.subarray(row * size, (row + 1) * size),
  ).sort((a, b) => (a[0] as number) - (b[0] as number));
  return RANKS.map((rank) => rows[Math.floor(rank * (rows.length - 1))] as Float32Array);
}

/** How the answers that a loss asks for go with their targets. */
function scaleOf(targets: readonly number[], answers: readonly number[]): "the targets" | "bent" | "neither" {
  const range = largestOf(targets) - leastOf(targets);
  if (!(range > 0)) return "neither";
  const order = targets.map((_, at) => at).sort((a, b) => (targets[a] as number) - (targets[b] as number));
  const sorted = order.map((at) => targets[at] as number);
  if (sorted.some((target, at) => at > 0 && target === sorted[at - 1])) return "neither";
  if (targets.every((target, at) => Math.abs((answers[at] as number) - target) <= THE_SAME * range))
    return "the targets";
  const isBent = 1 - (correlation(targets, answers) ?? 1) ** 2 > BENT;
  return isBent && isMonotone(order.map((at) => answers[at] as number)) ? "bent" : "neither";
}

/** The loss of right answers, where it is the same for all targets. */
async function floorOf(
  shaped: ShapedLoss,
  rows: readonly Float32Array[],
  answers: readonly Float32Array[],
): Promise<number | null> {
  const [targets, predictions] = [joined(rows), joined(answers)];
  const [right, own] = [
    [...(await lossOfRows(shaped, { targets, predictions }))],
    [...(await lossOfRows(shaped, { targets, predictions: targets }))],
  ];
  const cost = average(own) - average(right);
  return cost > 0 && largestOf(right) - leastOf(right) <= LIKE * cost ? average(right) : null;
}

function joined(rows: readonly Float32Array[]): Float32Array {
  return Float32Array.from(rows.flatMap((row) => [...row]));
}

/** The answer at which the loss of a row is least, number by number, the others as the targets are; null as {@link answerFor} says. */
async function answersFor(shaped: ShapedLoss, targets: Float32Array): Promise<Float32Array | null> {
  const answers = targets.slice();
  for (const number of answers.keys()) {
    const answer = await answerFor(shaped, targets, number);
    if (answer === null) return null;
    answers[number] = answer;
  }
  return answers;
}

/** The answer at which the loss is least at one number of a row; null where it falls without end or is least at several places. */
async function answerFor(shaped: ShapedLoss, targets: Float32Array, number: number): Promise<number | null> {
  const lossesAt = async (points: readonly number[]) => {
    const rows = points.map((point) => targets.map((target, at) => (at === number ? point : target)));
    const losses = await lossOfRows(shaped, {
      targets: joined(points.map(() => targets)),
      predictions: joined(rows),
    });
    return Array.from(losses, (value) => (Number.isFinite(value) ? value : Number.POSITIVE_INFINITY));
  };
  let points: readonly number[] = [...SIZES.map((size) => -size).reverse(), 0, ...SIZES];
  for (let round = 0; round < ROUNDS; round++) {
    const losses = await lossesAt(points);
    const best = losses.indexOf(leastOf(losses));
    if (best < 1 || best > points.length - 2 || !Number.isFinite(losses[best] as number)) return null;
    if (round === 0 && !hasOneValley(losses, best)) return null;
    const [from, to] = [points[best - 1] as number, points[best + 1] as number];
    points = Array.from({ length: POINTS + 1 }, (_, at) => from + ((to - from) * at) / POINTS);
  }
  return points[POINTS / 2] as number;
}

/** Whether losses fall up to the best, and rise behind it. */
function hasOneValley(losses: readonly number[], best: number): boolean {
  return losses.every((loss, at) => {
    if (at === 0) return true;
    const before = losses[at - 1] as number;
    return at <= best ? loss <= before : loss >= before;
  });
}

function isMonotone(answers: readonly number[]): boolean {
  const moves = answers.slice(1).map((answer, at) => Math.sign(answer - (answers[at] as number)));
  return moves.every((move) => move !== 0 && move === moves[0]);
}
