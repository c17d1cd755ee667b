import { startClock } from "../../foundation/clock.ts";
import { MisfitError } from "../../learning/subject/misfit.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { train } from "../../learning/training/train.ts";
import { rungSteps } from "../rung/rung.ts";

/** How long a check will take, in seconds. */
export interface Estimate {
  /** If the subject learns. */
  readonly learns: number;
  /** At most, if it fails and changes are tried; without a budget. */
  readonly fails: number;
}

const TIMED_STEPS = 20;
/** Where chance makes the longer run the shorter one, a step counts as this part of building the model. */
const LONGEST_FIXED = 10;
/** The three rungs of the ladder that are laws, each on a few examples, take about as long as this share of their steps. */
const SHARE_OF_RUNGS = 0.3;
/** A failing check trains the rungs to their end, three times each, and as many changes as the search allows. */
const RUNGS = 3;
const ATTEMPTS = 3;
const MOST_CHANGES = 24;

/** Estimates as {@link estimateCheck} does; null if the model's outputs do not fit the targets, which the check will say. */
export async function estimateIfFits(subject: Subject): Promise<Estimate | null> {
  try {
    return await estimateCheck(subject);
  } catch (error) {
    if (error instanceof MisfitError) return null;
    throw error;
  }
}

/** Times a few steps of the subject and estimates from them how long a check will take. */
export async function estimateCheck(subject: Subject): Promise<Estimate> {
  const timed = async (steps: number) => {
    const seconds = startClock();
    await train({ ...subject, heldOut: null, steps }, { probes: false });
    return seconds();
  };
  // The first run compiles what the others use.
  await timed(1);
  const fixed = await timed(1);
  const steps = Math.min(TIMED_STEPS, subject.steps);
  const step = Math.max(fixed / LONGEST_FIXED, (await timed(1 + steps)) - fixed) / steps;
  const run = fixed + step * subject.steps;
  const rung = step * rungSteps(subject);
  return {
    learns: run + SHARE_OF_RUNGS * RUNGS * rung,
    fails: (1 + MOST_CHANGES) * run + ATTEMPTS * RUNGS * rung,
  };
}
