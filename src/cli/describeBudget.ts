import type { Estimate } from "../judging/check/estimate.ts";
import type { LawCheck } from "../judging/law/checkLaws.ts";

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

/** Says what there was no time for: steps of the run, and laws. */
export function describeLeftOut(
  { run, notMeasured }: Pick<LawCheck, "run" | "notMeasured">,
  steps: number,
  cutShort: boolean,
): string[] {
  return [
    ...describeCut(run, { steps }, cutShort),
    ...notMeasured.map(({ name, reason }) => `Not measured: ${name}: ${reason}`),
  ];
}

/** Says that a run was judged before its end. */
export function describeCut(
  run: Pick<LawCheck["run"], "steps">,
  { steps }: { readonly steps: number },
  cutShort: boolean,
): string[] {
  return cutShort ? [`Judged on ${run.steps} of ${steps} steps: the budget left no time for more.`] : [];
}
