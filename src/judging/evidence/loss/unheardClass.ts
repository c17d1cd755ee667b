// A loss of a project's own may count a rare class, such as the pixels of a lesion, by its part of all places: a Dice loss over
// all classes at once is nearly at its least where every place is told the commonest class. A run that ends there has done almost
// all that the loss asks for, and what is left pulls it hardly at all.

import { type Scalar, tensor, tidy } from "@tensorflow/tfjs-core";
import { percent, printNumber } from "../../../foundation/print/printNumber.ts";
import type { Loss } from "../../../learning/loss/loss.ts";
import { asksForDistances } from "../../../learning/measure/distanceMeasure.ts";
import { isJudgedByItsLoss } from "../../../learning/measure/lossMeasure.ts";
import { areBinary, areOneHot } from "../../../learning/subject/own/labels.ts";
import type { OutputEvaluation } from "../../../learning/training/evaluation.ts";
import { readAndDispose } from "../../../learning/training/read.ts";
import type { Output } from "../targets/outputs.ts";

/** Answers are that sure: a logarithm of exactly 0 is infinite. */
const SURE = 0.99;
/** As little of what the loss can fall by is left where every place is told the commonest class. */
const UNHEARD = 0.06;
/** A run is there if it varies by less than this share of its targets' variance. */
const STILL = 0.05;
const MOST_ROWS = 32;

/**
 * Says that a loss of the project's own is nearly at its least where every place is told the commonest class, and that a run
 * which fails has ended there; null elsewhere.
 *
 * @param evaluation of the same output.
 */
export async function findUnheardClass(
  { loss, part, prefix }: Output,
  evaluation: OutputEvaluation,
): Promise<string | null> {
  if (typeof loss !== "function" || asksForDistances(part) || isJudgedByItsLoss(part)) return null;
  if (part.shape.length < 2 || (evaluation.varianceRatio ?? 1) > STILL) return null;
  const rows = Math.min(MOST_ROWS, evaluation.targets.length / part.size);
  const targets = evaluation.targets.slice(0, rows * part.size);
  const classes = part.shape.at(-1) ?? 1;
  const table = { shape: [rows, ...part.shape], values: targets };
  if (!(classes === 1 ? areBinary(table) : areOneHot(table))) return null;
  const shares = sharesOf(targets, classes);
  const commonest = shares.indexOf(Math.max(...shares));
  const columns = classes === 1 ? 2 : classes;
  const sure = (one: boolean) => (one ? SURE : (1 - SURE) / (columns - 1));
  const tellAll = (at: number) => (classes === 1 ? sure(commonest === 1) : sure(at % classes === commonest));
  const lossOf = (answer: (at: number) => number) => lossAt(loss, table, answer);
  try {
    const right = await lossOf((at) => sure(targets[at] === 1));
    const commonestAlone = await lossOf(tellAll);
    const undecided = await lossOf(() => 1 / columns);
    const share = (commonestAlone - right) / (undecided - right);
    if (!(undecided > right && share >= 0 && share < UNHEARD)) return null;
    return `${prefix}the loss hardly hears the rarer class: class ${commonest}, ${percent(shares[commonest] as number)} of all places, told everywhere has a loss of ${printNumber(commonestAlone)}, where undecided answers have ${printNumber(undecided)} and right ones ${printNumber(right)}; count the classes one by one, or take a crossentropy`;
  } catch {
    return null;
  }
}

/** The share of the places that each class has; of a single column those of 0 and 1. */
function sharesOf(targets: Float32Array, classes: number): number[] {
  const counts = new Array<number>(classes === 1 ? 2 : classes).fill(0);
  targets.forEach((value, at) => {
    if (classes === 1) counts[value] = (counts[value] ?? 0) + 1;
    else if (value === 1) counts[at % classes] = (counts[at % classes] ?? 0) + 1;
  });
  return counts.map((count) => (count * classes) / targets.length);
}

async function lossAt(
  loss: Loss,
  { shape, values }: { readonly shape: number[]; readonly values: Float32Array },
  answer: (at: number) => number,
): Promise<number> {
  const value = tidy(
    () =>
      loss(
        tensor(values, shape),
        tensor(
          values.map((_, at) => answer(at)),
          shape,
        ),
      ) as Scalar,
  );
  return (await readAndDispose(value))[0] as number;
}
