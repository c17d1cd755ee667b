import type { Subject } from "../../learning/subject/subject.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { readTrend, stillFalls } from "../evidence/trend.ts";
import type { Verdict } from "./verdict.ts";

/**
 * The verdict of a check. A run is `unfinished` if its caller ended it, it has not learnt yet, and the steps that it did
 * not make may still change that.
 */
export type CheckVerdict = Verdict | "unfinished";

/** A run that made at least this share of its steps, and whose loss has stopped falling, is judged as a whole one. */
const MOST_OF_IT = 0.5;

/**
 * Whether a run was ended so early that the steps it did not make may still change how well it predicts: it made less
 * than half of them, or its loss was still falling.
 */
export function hasOpenEnd(
  { finite, steps, trace }: Pick<TrainingRun, "finite" | "steps" | "trace">,
  subject: Pick<Subject, "steps">,
): boolean {
  if (trace.cutShort === undefined || !finite) return false;
  return steps < MOST_OF_IT * subject.steps || stillFalls(readTrend(trace));
}
