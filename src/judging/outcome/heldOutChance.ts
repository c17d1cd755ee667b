import { classesOf } from "../../learning/subject/parts.ts";
import { standardErrorOfShare } from "./chanceOfError.ts";
import { commonestClass, wrongIfConstant } from "./commonestClass.ts";
import type { HeldOutError } from "./heldOutError.ts";

/**
 * Estimates the standard error of a held-out error, over that of the constant, among rows that were drawn by chance. It is 0
 * where the subject's own measure judges, whose spread from row to row nobody knows.
 */
export function heldOutChance({ output, part, error }: HeldOutError): number {
  const { measured, targets, examples } = output;
  if (measured || part.severalLabels) return 0;
  if (!part.classification) return standardErrorOfShare(output);
  const classes = classesOf(part);
  const others = wrongIfConstant(targets, commonestClass(targets, classes), classes);
  if (others === 0) return 0;
  const wrong = Math.min(1, (error * others) / examples);
  return Math.sqrt(wrong * (1 - wrong) * examples) / others;
}
