// A loss of a project's own may ask for each target on another scale: the negative log-likelihood of an exponential distribution
// is least at the logarithm of a rate. Answers that do what it asks look wrong beside the targets, so that only the loss itself
// can judge them. A loss that asks for a multiple of its targets, or for their opposite, has a fault instead.

import { leastOf } from "../../foundation/numbers/extremes.ts";
import { correlation } from "../../foundation/numbers/statistics.ts";
import type { Loss } from "../loss/loss.ts";
import type { Examples } from "../subject/examples.ts";
import { columnsOf, type Placed, type TargetPart } from "../subject/parts.ts";
import { sampleExamples } from "../subject/sample.ts";
import { hasReference } from "./referenceLoss.ts";
import { lossOfRows } from "./rowLosses.ts";

/** The targets that are asked about, by their rank. */
const RANKS: readonly number[] = [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95];
/** Answers are looked for from the least to the largest of these numbers and of their opposites, then ever nearer the best. */
const SIZES: readonly number[] = Array.from({ length: 28 }, (_, at) => 2 ** (at / 2 - 4));
const ROUNDS = 4;
const POINTS = 16;
/** Answers that leave a line through the targets by less than this share of their variance are a multiple of them. */
const BENT = 0.005;

/**
 * Whether a loss asks each target for one answer of its own, which grows or falls with the target, and not along a line.
 *
 * @returns false for outputs of several numbers, and for data on which no reference can tell what the loss can reach.
 */
export async function asksOnAnotherScale(
  loss: Loss,
  train: Examples,
  part: Placed<TargetPart>,
  seed: number,
): Promise<boolean> {
  const judged = sampleExamples(train, seed);
  if (part.size !== 1 || !hasReference(judged, 1)) return false;
  const sorted = columnsOf(judged.targets, judged.outputs, part).slice().sort();
  const targets = RANKS.map((rank) => sorted[Math.floor(rank * (sorted.length - 1))] as number);
  if (targets.some((target, at) => at > 0 && target === targets[at - 1])) return false;
  try {
    const answers: number[] = [];
    for (const target of targets) {
      const answer = await answerFor(loss, target, part.shape);
      if (answer === null) return false;
      answers.push(answer);
    }
    return isMonotone(answers) && 1 - (correlation(targets, answers) ?? 1) ** 2 > BENT;
  } catch {
    // A loss that throws is reported where it trains.
    return false;
  }
}

/** The answer at which the loss of one target is least; null where it falls without end or is least at several places. */
async function answerFor(loss: Loss, target: number, shape: readonly number[]): Promise<number | null> {
  const shaped = { loss, targets: shape, outputs: shape };
  const lossesAt = async (points: readonly number[]) => {
    const targets = new Float32Array(points.length).fill(target);
    const losses = await lossOfRows(shaped, { targets, predictions: Float32Array.from(points) });
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
