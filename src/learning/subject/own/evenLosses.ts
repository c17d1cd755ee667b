import { average, columnMeans, columnVariances } from "../../../foundation/numbers/statistics.ts";
import { type LossChoice, lossOfOutput } from "../../loss/criterion.ts";
import type { Examples } from "../examples.ts";
import { columnsOf, targetParts } from "../parts.ts";

/**
 * Weighs the losses of several outputs so that each counts about 1 where it answers a constant, whatever unit its targets
 * have: by 1 / their variance, by 1 / their standard deviation for an absolute error, and by 1 / their entropy for a
 * crossentropy.
 *
 * @returns the losses as they are for a single output.
 */
export function evenLosses(choice: LossChoice, train: Examples): LossChoice {
  const parts = targetParts(train);
  if (parts.length < 2) return choice;
  return parts.map((part) => {
    const loss = lossOfOutput(choice, part.index);
    const table = columnsOf(train.targets, train.outputs, part);
    const left = leftByConstant(typeof loss === "function" ? "" : loss.name, table, part.size);
    return { loss, weight: left > 0 && Number.isFinite(left) ? 1 / left : 1 };
  });
}

function leftByConstant(loss: string, table: Float32Array, size: number): number {
  const variance = average(columnVariances(table, size));
  if (loss === "mae") return Math.sqrt(variance);
  const means = [...columnMeans(table, size)];
  const surprise = (share: number) => (share > 0 ? -share * Math.log(share) : 0);
  if (loss === "categoricalCrossentropy") return means.reduce((sum, share) => sum + surprise(share), 0);
  if (loss === "binaryCrossentropy")
    return average(means.map((share) => surprise(share) + surprise(1 - share)));
  return variance;
}
