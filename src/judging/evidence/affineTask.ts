import type { Thresholds } from "../../learning/config/schema.ts";
import { sampleExamples } from "../../learning/subject/sample.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { errorOfBestAffine } from "./bestAffine.ts";

/** Whether no more than a single linear layer is needed: the best affine map of the inputs passes as learnt. */
export function solvedByAnAffineMap({ train, seed }: Subject, thresholds: Thresholds): boolean {
  const error = errorOfBestAffine(sampleExamples(train, seed));
  return error !== null && error < thresholds.lossOverVariance;
}
