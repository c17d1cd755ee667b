import type { Config } from "../../../learning/config/schema.ts";

/**
 * The search for cures is bounded by its work, which is the same on every machine, and not by a clock. The unit is one
 * example of one update.
 */
export interface WorkBound {
  /** Whether the work that is left suffices for a run of this config. */
  affords(config: Config): boolean;
  /** Takes a run's work from what is left. */
  spend(config: Config): void;
}

/** The search may do as much work as this many runs of the config itself. */
const OWN_RUNS = 24;
/** A short run may be followed by at least this much work: 1,500 updates of 32 examples for each of 24 attempts. */
const LEAST = 24 * 1_500 * 32;

/** Bounds the search for cures of a config. */
export function boundWork(config: Config): WorkBound {
  let left = Math.max(OWN_RUNS * workOf(config), LEAST);
  return {
    affords: (other) => workOf(other) <= left,
    spend: (other) => {
      left -= workOf(other);
    },
  };
}

/** Returns the examples that a run trains on, counted once for each update. */
export function workOf({ training, data }: Config): number {
  return training.steps * Math.min(training.batchSize, data.examples);
}
