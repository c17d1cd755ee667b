// A check may be given a budget of seconds. Only then does a clock decide what is tried: without a budget the check is
// bounded by its work, and its result is the same on every machine.

import { startClock } from "../../foundation/clock.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import type { Watch } from "../../learning/training/progress.ts";

/** The time that a check has. Each stage may last until its share of the whole is spent. */
export interface Budget {
  /**
   * Whether the subject's own run has to end: asked before each of its steps; undefined without a budget. The first step
   * is always made, since a run without any says nothing.
   */
  readonly endsRun: (() => boolean) | undefined;
  /** Watches a stage: it is aborted with {@link BudgetSpent} when its share is spent. */
  watch(stage: Stage, watch: Watch): Watch;
  /** Whether the subject's own run was ended before its last step. */
  wasCut(): boolean;
  /** Whether the share of a stage is spent. */
  isSpent(stage: Stage): boolean;
  /** Returns the reason if an error says that the budget was spent; null for any other error. */
  leavesOut(error: unknown): string | null;
}

/** The stages of a check in their order. */
export type Stage = "run" | "laws" | "cures";

/** The share of the budget after which each stage ends. */
const SHARES: Readonly<Record<Stage, number>> = { run: 0.4, laws: 0.6, cures: 1 };

/** The reason why a stage was aborted. */
export class BudgetSpent extends Error {
  override readonly name = "BudgetSpent";
  constructor() {
    super("the time that the budget gives was spent");
  }
}

const WITHOUT_BOUND: Budget = {
  endsRun: undefined,
  watch: (_, watch) => watch,
  wasCut: () => false,
  isSpent: () => false,
  leavesOut: () => null,
};

/**
 * Starts a budget of so many seconds.
 *
 * @param seconds undefined for no bound.
 * @throws {InputError} if it is not a number above 0.
 */
export function startBudget(seconds: number | undefined): Budget {
  if (seconds === undefined) return WITHOUT_BOUND;
  if (!(seconds > 0 && Number.isFinite(seconds)))
    throw new InputError({
      code: "out-of-range",
      field: "budget",
      message: "must be a number of seconds above 0; correct it, or leave it out",
      got: seconds,
    });
  const elapsed = startClock();
  const isSpent = (stage: Stage) => elapsed() > SHARES[stage] * seconds;
  let cut = false;
  let asked = 0;
  return {
    endsRun: () => {
      cut ||= asked++ > 0 && isSpent("run");
      return cut;
    },
    wasCut: () => cut,
    isSpent,
    leavesOut: (error) => (error instanceof BudgetSpent ? error.message : null),
    watch(stage, { onProgress, signal }) {
      const spent = new AbortController();
      return {
        signal: signal ? AbortSignal.any([signal, spent.signal]) : spent.signal,
        onProgress(progress) {
          if (isSpent(stage)) spent.abort(new BudgetSpent());
          onProgress?.(progress);
        },
      };
    },
  };
}
