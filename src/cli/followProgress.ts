import type { Progress as Report } from "../learning/training/progress.ts";
import type { Progress, TotalProgress } from "./progress.ts";

/** Shows each run by itself: what {@link Watch.onProgress} takes. */
export function eachRun(line: Progress): (report: Report) => void {
  return ({ task, step, steps, loss, targetVariance }) => {
    if (loss === null) line.begin(task, steps, targetVariance);
    else line.step(step, loss);
  };
}

/** Shows all runs as one piece of work: what {@link Watch.onProgress} takes. */
export function allRuns(line: TotalProgress): (report: Report) => void {
  return ({ task, steps, loss }) => {
    if (loss === null) line.begin(task, steps);
    else line.step();
  };
}
