import type { TargetPart } from "../../../learning/subject/parts.ts";

/** Whether wrong classes judge an output: a loss of the subject's own does not tell that its targets are classes. */
export function countsClasses({ classification, measure }: TargetPart): boolean {
  return classification || measure?.name === "accuracy";
}
