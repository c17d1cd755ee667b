import { classesOf } from "../../learning/subject/parts.ts";
import type { Quality } from "../../learning/training/quality.ts";
import { standardErrorOfShare } from "./chanceOfError.ts";
import { commonestClass, wrongIfConstant } from "./commonestClass.ts";
import type { HeldOutError } from "./heldOutError.ts";

interface AskedOutput extends Pick<HeldOutError, "part" | "error"> {
  readonly output: Pick<Quality, "measured" | "targets" | "predictions" | "examples">;
}

/**
 * Estimates the standard error of an output's error, over that of the constant, among rows that were drawn by chance. It is 0
 * where the subject's own measure judges, whose spread from row to row nobody knows.
 *
 * @param error of the output, over that of the constant.
 */
export function outputChance({ output, part, error }: AskedOutput): number {
  const { measured, targets, examples } = output;
  if (measured || part.severalLabels) return 0;
  if (!part.classification) return standardErrorOfShare(output);
  const classes = classesOf(part);
  const others = wrongIfConstant(targets, commonestClass(targets, classes), classes);
  if (others === 0) return 0;
  const wrong = Math.min(1, (error * others) / examples);
  return Math.sqrt(wrong * (1 - wrong) * examples) / others;
}
