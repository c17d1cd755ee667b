import type { Measurement } from "./measurement/measurement.ts";

/** One number of a measurement, and what counts as a change of it. */
export interface Metric {
  readonly name: string;
  /** What a person reads. */
  readonly title: string;
  /** The number on the scale on which seeds spread evenly; greater is worse. Null where it does not apply. */
  readonly badness: (measurement: Measurement) => number | null;
  /** A mean badness in the metric's own unit. */
  readonly unscale: (badness: number) => number;
  /** The least difference of means, on the scale of badness, that a person would care about. */
  readonly floor: number;
  /** Where a seed either does it or does not, and a healthy subject's nearly all do. */
  readonly failure?: Failure;
}

export interface Failure {
  readonly of: (measurement: Measurement) => boolean;
  /**
   * Of a subject whose baseline has no failure, so many are a regression whatever the test says: ten seeds
   * against ten cannot show a rate, but healthy runs are known to fail hardly ever.
   */
  readonly enough: number;
}

/** Counts of steps and losses spread by factors, so they are compared by their logarithms, base 2. */
const FACTOR_OF_TWO = 1;
const FACTOR_OF_ONE_AND_A_HALF = Math.log2(1.5);

/** Below a millionth of Var(Y) a loss is rounding; above a million it has run away, however far. */
const LEAST_LOSS = 1e-6;
const MOST_LOSS = 1e6;

/** Steps of one that was never learnt: more than any rung may take. */
const NEVER = 2000;

/** Not even one example, on a scale of factors. */
const NONE = 0.5;

/** The share of its width that a network needs where its whole width is too narrow: the next step up, for all we know. */
const MORE_THAN_ALL = 2;

function within(value: number | null, least: number, most: number): number {
  return value === null ? most : Math.min(most, Math.max(least, value));
}

/** Whether a subject learns at all, which comes before how well. */
export const learns: Metric = {
  name: "learns",
  title: "share of seeds that learn",
  badness: ({ verdict }) => (verdict === "learns" ? 0 : 1),
  unscale: (badness) => 1 - badness,
  floor: 0.1,
  // None of 312 healthy runs.
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
    // The width needed is known where the top rung was climbed. Of one of six subjects 4 in 100 healthy seeds fell
    // off, of the others none in 460: with 4 in 100, four among ten fall off once in 2,000 groups.
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
