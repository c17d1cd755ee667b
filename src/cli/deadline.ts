import { startCommandClock } from "../foundation/clock.ts";
import { InputError } from "../foundation/input/inputError.ts";
import type { Progress, Watch } from "../learning/training/progress.ts";

/** The time that `--budget` gives a command whose result is nothing unless it is whole. */
export interface Deadline {
  /** Is aborted, with what a person is told, once the time is spent; undefined without a budget. */
  readonly signal: AbortSignal | undefined;
  /** Looks at the clock; to be called once a training step. */
  look(): void;
  /** Seconds that are left, at least a moment; undefined without a budget. */
  left(): number | undefined;
}

/** A budget must be above 0. */
const MOMENT = 1e-3;

/** Begins to count the time of a command. @param seconds undefined for no bound. */
export function startDeadline(seconds: number | undefined): Deadline {
  if (seconds === undefined) return { signal: undefined, look: () => undefined, left: () => undefined };
  const elapsed = startCommandClock();
  const spent = new AbortController();
  return {
    signal: spent.signal,
    look() {
      if (elapsed() > seconds) spent.abort(spentError(seconds));
    },
    left: () => Math.max(MOMENT, seconds - elapsed()),
  };
}

/** Follows a task, and ends it when the time is spent. */
export function untilDeadline(deadline: Deadline, onProgress: (progress: Progress) => void): Watch {
  return {
    signal: deadline.signal,
    onProgress(progress) {
      deadline.look();
      onProgress(progress);
    },
  };
}

function spentError(seconds: number): InputError {
  return new InputError({
    code: "budget-spent",
    field: "--budget",
    message:
      "is spent before the command was done, and half a result says nothing; give it more time, or leave the option out. Only check leaves out what there is no time for",
    got: `${seconds}s`,
  });
}
