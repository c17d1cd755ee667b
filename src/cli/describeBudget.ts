import type { FinishedCheck } from "../judging/check/check.ts";
import type { Estimate } from "../judging/check/estimate.ts";
import { stepsAsked, wasCut } from "../judging/outcome/stepsMade.ts";

/** Says before a check how long it will take. */
export function describeEstimate({ learns, fails }: Estimate, budget: number | undefined): string {
  const most = budget === undefined ? fails : Math.min(fails, budget);
  if (learns >= most) return `about ${printSeconds(most)}`;
  const bound = budget === undefined ? "; --budget 90s sets a bound" : "";
  return `about ${printSeconds(learns)} if it learns, up to ${printSeconds(most)} of trying changes if it does not${bound}`;
}

/** Rounds a time to what a person would say. */
export function printSeconds(seconds: number): string {
  if (seconds < 10) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 100) return `${10 * Math.round(seconds / 10)} s`;
  return `${Math.round(seconds / 60)} min`;
}

type Cut = Pick<FinishedCheck, "examination" | "subject" | "budgetToFinish">;

/** Says what there was no time for: steps of the run, and laws. */
export function describeLeftOut(finished: Cut): string[] {
  const { notMeasured } = finished.examination;
  const reasons = [...new Set(notMeasured.map(({ reason }) => reason))];
  const lawsOf = (reason: string) =>
    notMeasured.filter((one) => one.reason === reason).map(({ name }) => name);
  return [
    ...describeCut(finished),
    ...reasons.map((reason) => `Not judged: ${lawsOf(reason).join(", ")}: ${reason}`),
  ];
}

/** Says that a run was judged before its end, and which budget would let it come there. */
export function describeCut({ examination, subject, budgetToFinish }: Cut): string[] {
  const { run, verdict } = examination;
  if (!wasCut(run, subject)) return [];
  const why =
    run.trace.cutShort === undefined
      ? "the check makes the first ones of a long training"
      : "the budget left no time for more";
  const open = verdict === "unfinished" ? " What more of them may still change is left open." : "";
  const enough =
    budgetToFinish === null ? "" : ` --budget ${printBudget(budgetToFinish)} would let it finish.`;
  return [`Judged on ${run.steps} of ${stepsAsked(subject)} steps: ${why}.${open}${enough}`];
}

const MINUTE = 60;
const HOUR = 3600;

/** Writes a time as `--budget` takes it, rounded up: seconds below two minutes, minutes below two hours, then hours. */
export function printBudget(seconds: number): string {
  if (seconds <= 2 * MINUTE) return `${Math.ceil(seconds)}s`;
  return seconds <= 2 * HOUR ? `${Math.ceil(seconds / MINUTE)}m` : `${Math.ceil(seconds / HOUR)}h`;
}
