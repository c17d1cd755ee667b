// A check may be given a budget of seconds. Only then does a clock decide what is tried: without a budget the check is
// bounded by its work, and its result is the same on every machine.

import { startClock } from "../../foundation/clock.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import type { Watch } from "../../learning/training/progress.ts";
import { BudgetSpent, type IsLate } from "../evidence/timeLeft.ts";

/** The time that a check has. The subject's own run comes first, then the laws that train, then changes that may cure. */
export interface Budget {
  /**
   * Whether the subject's own run has to end: asked before each of its steps; undefined without a budget. The first step
   * is always made, since a run without any says nothing. A run that will not make all its steps in time ends earlier where
   * it has shown enough, which leaves time for changes.
   */
  readonly endsRun: ((run: RunSoFar) => boolean) | undefined;
  /** Watches a stage: it is aborted with {@link BudgetSpent} when its time is spent. */
  watch(stage: Stage, watch: Watch): Watch;
  /** See {@link IsLate}; undefined without a budget. */
  readonly isLate: IsLate | undefined;
  /** The seconds that are left; null without a budget. */
  left(): number | null;
  /** Whether no change can be tried any more. */
  isOver(): boolean;
  /** The seconds that the run of the next change may take; undefined without a budget. */
  forChange(): number | undefined;
  /** Returns the reason if an error says that the budget was spent; null for any other error. */
  leavesOut(error: unknown): string | null;
  /**
   * The seconds of a budget that would have let a run make all its steps, by the time that those which it made took.
   *
   * @returns null if the run was not ended.
   */
  toFinish(all: number): number | null;
}

/** How far the subject's own run has come. */
export interface RunSoFar {
  /** Updates that the subject asks for. */
  readonly steps: number;
  /** Whether it has shown enough: see {@link hasSettled}. */
  readonly hasSettled: () => boolean;
}

/** The stages of a check behind the subject's own run, in their order. */
export type Stage = "laws" | "cures";

/**
 * The share of the budget that the subject's own run may take: every judgement rests on it. What is left is for evaluating
 * the run and for laws, and for changes that show in fewer steps what they are worth.
 */
const SHARE_OF_RUN = 0.75;
/** The share of the budget that such a run takes at least. */
const SHARE_OF_SETTLED = 0.4;
/** Evaluation, laws and diagnosis take about as long as this many steps: where steps are slow, all ends by so much earlier. */
const STEPS_BEHIND = 16;
/** The diagnosis and the report take about as long as this many steps where steps are slow. */
const STEPS_OF_END = 4;
/** What takes no longer than this many seconds is measured even behind the budget: it says more than it costs. */
const MOMENT = 0.1;
/** The share of what a run leaves that the laws may take which train. */
const SHARE_OF_LAWS = 0.25;
/** The share of the time that is left which the run of a change may take, so that the likeliest changes get the most. */
const SHARE_OF_CHANGE = 0.4;
/** Time per step varies from one run to the next. */
const MARGIN = 1.15;

const WITHOUT_BOUND: Budget = {
  endsRun: undefined,
  isLate: undefined,
  watch: (_, watch) => watch,
  left: () => null,
  isOver: () => false,
  forChange: () => undefined,
  leavesOut: () => null,
  toFinish: () => null,
};

/**
 * Starts a budget of so many seconds.
 *
 * @param seconds undefined for no bound.
 * @param before seconds of the caller's own budget that were spent before this one began. @defaultValue 0
 * @throws {InputError} if it is not a number above 0.
 */
export function startBudget(seconds: number | undefined, before = 0): Budget {
  if (seconds === undefined) return WITHOUT_BOUND;
  if (!(seconds > 0 && Number.isFinite(seconds)))
    throw new InputError({
      code: "out-of-range",
      field: "budget",
      message: "must be a number of seconds above 0; correct it, or leave it out",
      got: seconds,
    });
  const elapsed = startClock();
  /** When the run asked before its first step, before its second, and last; the first step also builds what the others use. */
  let asks: { readonly first: number; readonly second: number; readonly last: number } | null = null;
  let made = -1;
  let runEnded: number | null = null;
  let lawsEnd: number | null = null;
  const isCut = () => runEnded !== null;
  const secondsPerStep = () => {
    if (asks === null || made < 1) return 0;
    const { first, second, last } = asks;
    return made === 1 ? second - first : (last - second) / (made - 1);
  };
  const ends = () => seconds - STEPS_BEHIND * secondsPerStep();
  const isSpent = (stage: Stage) => {
    const now = elapsed();
    if (stage === "cures") return now > ends();
    lawsEnd ??= now + SHARE_OF_LAWS * Math.max(0, ends() - now);
    return now > lawsEnd;
  };
  const wouldBeCut = (all: number) =>
    asks !== null && asks.second + (all - 1) * secondsPerStep() > SHARE_OF_RUN * seconds;
  return {
    endsRun({ steps, hasSettled }) {
      const now = elapsed();
      made++;
      asks = { first: asks?.first ?? now, second: made < 2 ? now : (asks?.second ?? now), last: now };
      const share = SHARE_OF_RUN * seconds;
      // One slow step may be slow for what it builds.
      if (made > 0 && now > (made === 1 ? share : Math.min(share, ends()))) runEnded ??= now;
      if (made > 1 && now > SHARE_OF_SETTLED * seconds && wouldBeCut(steps) && hasSettled()) runEnded ??= now;
      return isCut();
    },
    isLate(steps) {
      const step = secondsPerStep();
      return steps * step > MOMENT && elapsed() + (steps + STEPS_OF_END) * step > seconds;
    },
    isOver: () => isSpent("cures"),
    forChange: () => SHARE_OF_CHANGE * Math.max(0, ends() - elapsed()),
    left: () => Math.max(0, ends() - elapsed()),
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
    toFinish(all) {
      if (asks === null || runEnded === null) return null;
      const step = secondsPerStep();
      const whole = asks.second + (all - 1) * step;
      return before + MARGIN * Math.max(whole / SHARE_OF_RUN, whole + STEPS_BEHIND * step);
    },
  };
}
