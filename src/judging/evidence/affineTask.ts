import type { Thresholds } from "../../learning/config/schema.ts";
import { sampleExamples } from "../../learning/subject/sample.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { errorOfBestAffine } from "./bestAffine.ts";

/** Whether a single linear layer could solve the task: the best affine map of the inputs meets the loss threshold. */
export function solvedByAnAffineMap({ train, seed }: Subject, thresholds: Thresholds): boolean {
  const error = errorOfBestAffine(sampleExamples(train, seed));
  return error !== null && error < thresholds.lossOverVariance;
}
