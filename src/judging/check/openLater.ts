import { startClock } from "../../foundation/clock.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { type Budget, startBudget } from "./budget.ts";
import { type Resolved, resolveWhat } from "./what/what.ts";
import type { LaterTraining } from "./what/whatKind.ts";

/** A later training of a script, ready to be checked. */
export interface OpenedLater {
  /** Null where it cannot be captured, or no time is left. */
  readonly later: Resolved | null;
  /** Says which training is checked in the end, and why. */
  readonly note: string;
  /** What is left of the budget. */
  readonly left: Budget;
}

/** Seconds below which a later training is not begun with. */
const LEAST = 10;
const SPENT = "the time that the budget gives was spent";

/**
 * Captures a later training of a script whose first one has learnt something.
 *
 * @param weakness what is weak about the first one. @defaultValue null, where it holds
 */
export async function openLater(
  { where, name }: LaterTraining,
  seed: number,
  budget: Budget,
  weakness: string | null = null,
): Promise<OpenedLater> {
  const without = (why: string): OpenedLater => ({
    later: null,
    note: `${where} takes up what this training has learnt, and was not checked: ${why}`,
    left: budget,
  });
  const seconds = budget.left();
  if (seconds !== null && seconds < LEAST) return without(SPENT);
  const elapsed = startClock();
  try {
    const later = await resolveWhat(await name(seconds ?? undefined), { seed });
    const rest = seconds === null ? null : seconds - elapsed();
    if (rest !== null && rest < LEAST) return without(SPENT);
    const left = rest === null ? budget : startBudget(rest);
    return {
      later,
      note: `checked at ${where}: an earlier training of the script, which it takes up, ${weakness === null ? "holds" : `is weak by itself (${weakness}); --fit 1 tells why`}`,
      left,
    };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return without(error.message);
  }
}
