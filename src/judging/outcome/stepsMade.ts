import type { Subject } from "../../learning/subject/subject.ts";
import type { TrainingRun } from "../../learning/training/train.ts";

/** Whether more steps were asked for than the run made: a budget ended it, or it makes only the first steps of a program. */
export function wasCut(
  { trace, steps }: Pick<TrainingRun, "steps" | "trace">,
  subject: Pick<Subject, "steps" | "programSteps">,
): boolean {
  return trace.cutShort !== undefined || (steps >= subject.steps && stepsAsked(subject) > subject.steps);
}

/** The steps that the subject's run, or the program that it stands for, makes where nothing ends it. */
export function stepsAsked({ steps, programSteps = 0 }: Pick<Subject, "steps" | "programSteps">): number {
  return Math.max(steps, programSteps);
}
