import { sampleExamples } from "../../../learning/subject/sample.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { type FairThresholds, fairBound } from "../../outcome/fairThresholds.ts";
import { errorOfBestAffine } from "./bestAffine.ts";
import { areOneHot } from "./singleNames.ts";

/**
 * Whether a single linear layer could solve the task: the best affine map of the inputs meets the loss threshold, or leaves noise
 * alone. Whatever follows from rows that are one-hot, an affine map of them can say.
 */
export function solvedByAnAffineMap({ train, seed }: Subject, thresholds: FairThresholds): boolean {
  if (areOneHot(train)) return true;
  const error = errorOfBestAffine(sampleExamples(train, seed));
  return error !== null && error < fairBound(thresholds.lossOverVariance, thresholds, "lossOverVariance");
}
