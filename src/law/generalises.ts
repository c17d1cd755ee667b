import type { Examples } from "../subject/examples.ts";
import type { Evaluation } from "../training/evaluation.ts";
import { columnMeans } from "../training/statistics.ts";
import type { Law } from "./law.ts";

/** Held-out error over that of the best constant, which is the mean of the training targets. */
const AT_MOST = 0.5;

/** What was learnt holds for boxes that training never saw: it is no memory of the pictures. */
export const generalises: Law = {
  name: "generalises",
  claim: "it finds boxes that it was not trained on",
  async measure({ run, subject }) {
    const { heldOut } = await run();
    if (heldOut === null) return null;
    const ofConstant = errorOfTrainingMean(subject.train, heldOut);
    if (ofConstant === 0) return null;
    const measured = heldOut.meanSquaredError / ofConstant;
    return {
      measured: Number.isFinite(measured) ? measured : null,
      threshold: AT_MOST,
      bound: "<",
      holds: measured < AT_MOST,
      detail: "held-out error / error of the training mean",
    };
  },
};

function errorOfTrainingMean(train: Examples, { targets }: Evaluation): number {
  const means = columnMeans(train.targets, train.outputs);
  let sum = 0;
  targets.forEach((target, index) => {
    sum += (target - (means[index % train.outputs] as number)) ** 2;
  });
  return sum / targets.length;
}
