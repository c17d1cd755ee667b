import type { Measurement } from "./measurement/measurement.ts";

/** One number of a measurement, with the rules for when it counts as changed. */
export interface Metric {
  readonly name: string;
  /** The metric's name for a person. */
  readonly title: string;
  /** Returns the number on a scale on which seeds spread evenly; greater is worse. Null if it does not apply. */
  readonly badness: (measurement: Measurement) => number | null;
  /** Converts a mean badness to the metric's own unit. */
  readonly unscale: (badness: number) => number;
  /** The smallest difference of means, on the scale of badness, that matters to a person. */
  readonly floor: number;
  /** When a single seed counts as failed, for metrics in which nearly all seeds of a healthy subject succeed. */
  readonly failure?: Failure;
}

export interface Failure {
  readonly of: (measurement: Measurement) => boolean;
  /**
   * So many failures count as a regression, whatever the permutation test says, if the baseline has none. Ten seeds
   * against ten cannot show a rate, but healthy runs hardly ever fail.
   */
  readonly enough: number;
}

/** Step counts and losses vary between seeds by factors, so they are compared by their logarithms, base 2. */
const FACTOR_OF_TWO = 1;
const FACTOR_OF_ONE_AND_A_HALF = Math.log2(1.5);

/** Losses are clipped: below a millionth of Var(Y) they are rounding, and above a million times Var(Y) diverged. */
const LEAST_LOSS = 1e-6;
const MOST_LOSS = 1e6;

/** The step count that stands for an example that was never learnt: more than any rung may take. */
const NEVER = 2000;

/** Stands for not even one memorised example, since 0 has no logarithm. */
const NONE = 0.5;

/**
 * Stands for the width needed when even the network's whole width is too narrow. The true value is unknown, so the next
 * width in the series is used: twice the whole.
 */
const MORE_THAN_ALL = 2;

function within(value: number | null, least: number, most: number): number {
  return value === null ? most : Math.min(most, Math.max(least, value));
}

/** Whether a subject learns at all. This is compared before how well it learns. */
export const learns: Metric = {
  name: "learns",
  title: "share of seeds that learn",
  badness: ({ verdict }) => (verdict === "learns" ? 0 : 1),
  unscale: (badness) => 1 - badness,
  floor: 0.1,
  // None of 312 healthy runs failed.
  failure: { of: ({ verdict }) => verdict !== "learns", enough: 2 },
};

/** Every number that the gate compares, in the order of the laws. */
export const metrics: readonly Metric[] = [
  learns,
  {
    name: "stepsToOverfitOne",
    title: "steps to overfit one example",
    badness: ({ stepsToOverfitOne }) => Math.log2(within(stepsToOverfitOne, 1, NEVER)),
    unscale: (badness) => 2 ** badness,
    floor: FACTOR_OF_ONE_AND_A_HALF,
  },
  {
    name: "memorises",
    title: "examples memorised up the ladder",
    badness: ({ memorises }) => -Math.log2(Math.max(memorises, NONE)),
    unscale: (badness) => 2 ** -badness,
    floor: FACTOR_OF_ONE_AND_A_HALF,
    // The width needed is known if the top rung was climbed. For one of six subjects, 4 of 100 healthy seeds failed it;
    // for the others, none of 460. At a rate of 4 in 100, four of ten seeds fail about once in 2,000 groups.
    failure: { of: ({ widthNeeded }) => widthNeeded === null, enough: 4 },
  },
  {
    name: "widthNeeded",
    title: "share of the width needed",
    badness: ({ widthNeeded }) => Math.log2(widthNeeded ?? MORE_THAN_ALL),
    unscale: (badness) => 2 ** badness,
    floor: FACTOR_OF_ONE_AND_A_HALF,
  },
  {
    name: "finalLoss",
    title: "final loss / Var(Y)",
    badness: ({ finalLoss }) => Math.log2(within(finalLoss, LEAST_LOSS, MOST_LOSS)),
    unscale: (badness) => 2 ** badness,
    floor: FACTOR_OF_TWO,
  },
  {
    name: "varianceRatio",
    title: "distance of the variance ratio from 1",
    badness: ({ varianceRatio }) => Math.abs(1 - within(varianceRatio, 0, 10)),
    unscale: (badness) => badness,
    floor: 0.02,
  },
  {
    name: "heldOutR2",
    title: "held-out R²",
    badness: ({ heldOutR2 }) => (heldOutR2 === null ? null : 1 - Math.max(heldOutR2, -1)),
    unscale: (badness) => 1 - badness,
    floor: 0.02,
  },
];
