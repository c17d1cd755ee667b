import { startClock } from "../../foundation/clock.ts";
import { MisfitError } from "../../learning/subject/misfit/misfit.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { Progress } from "../../learning/training/progress.ts";
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
/** An estimate ends after this many seconds, but not before its second step. */
const LONGEST = 2;
const FEWEST_STEPS = 2;
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

/**
 * Times one short run of the subject and estimates from it how long a check will take. The run's first step also builds
 * the model and compiles what the others use, so it counts once and the others by their mean.
 */
export async function estimateCheck(subject: Subject): Promise<Estimate> {
  const seconds = startClock();
  const ends: number[] = [];
  const steps = 1 + Math.min(TIMED_STEPS, subject.steps);
  const onProgress = ({ step }: Progress) => {
    if (step > 0) ends.push(seconds());
  };
  // Slow steps are few: an estimate must not take the time that it foretells.
  const isOver = () => ends.length >= FEWEST_STEPS && seconds() > LONGEST;
  await train({ ...subject, heldOut: null, steps }, { probes: false, onProgress, isOver });
  const [first = 0, last = first] = [ends[0], ends.at(-1)];
  const step = (last - first) / Math.max(1, ends.length - 1);
  const fixed = seconds() - (last - first);
  const run = fixed + step * subject.steps;
  const rung = step * rungSteps(subject);
  return {
    learns: run + SHARE_OF_RUNGS * RUNGS * rung,
    fails: (1 + MOST_CHANGES) * run + ATTEMPTS * RUNGS * rung,
  };
}
