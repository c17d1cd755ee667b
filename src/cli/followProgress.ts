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
  let made = 0;
  return ({ task, step, steps, loss }) => {
    if (loss === null) line.begin(task, steps);
    // Of a training on another thread, not every step is told.
    else for (let more = step - made; more > 0; more--) line.step();
    made = step;
  };
}

/** Longer titles would push the time left off a line of 80 columns. */
const LONGEST_TITLE = 32;

/**
 * Shows the runs of a check as one piece of work: `law 3 of 15 overfitsTwo`, then the changes that are tried.
 *
 * @param laws names of the laws, in order.
 */
export function checkRuns(line: TotalProgress, laws: readonly string[]): (report: Report) => void {
  const follow = allRuns(line);
  return (report) => {
    const law = laws.indexOf(report.task);
    const title = law < 0 ? `cure: ${report.task}` : `law ${law + 1} of ${laws.length} ${report.task}`;
    follow({
      ...report,
      task: title.length > LONGEST_TITLE ? `${title.slice(0, LONGEST_TITLE - 1)}…` : title,
    });
  };
}
