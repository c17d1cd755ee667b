import type { Measurement } from "../measurement/measurement.ts";

/** One number of a measurement, and how the gate compares it. */
export interface Metric {
  readonly name: string;
  /** The metric's name for a person. */
  readonly title: string;
  /**
   * How two values are compared: by their ratio, since losses and steps vary between seeds by factors; or, for what is
   * true or false of a seed, by the share of seeds.
   */
  readonly scale: "ratio" | "share";
  /** Whether it comes from the ladder, which is climbed from fewer seeds. */
  readonly ladder: boolean;
  /**
   * Returns the number on a scale on which greater is worse: a natural logarithm for a ratio, 0 or 1 for a share. Null
   * if the measurement lacks it.
   */
  readonly badness: (measurement: Measurement) => number | null;
  /** Converts a mean badness to the metric's own unit. */
  readonly unscale: (badness: number) => number;
  /** Whether more of it is better, unlike a loss. */
  readonly moreIsBetter?: boolean;
  /** In the metric's own unit: where both sides are below it, a difference is only a notice. */
  readonly negligible: number | null;
  /** The share of the error rate that one subject may spend on it; all shares together are 1. */
  readonly errorShare: number;
}

/** Losses are clipped: below a millionth of Var(Y) they are rounding, and above a million times Var(Y) diverged. */
const LEAST_LOSS = 1e-6;
const MOST_LOSS = 1e6;

/** Below a thousandth of Var(Y) a prediction is as good as exact: nobody acts on a difference there. */
const NEGLIGIBLE_LOSS = 1e-3;

/** The step count that stands for an example that was never learnt: more than any rung may take. */
const NEVER = 2000;

/** Stands for not even one memorised example, since 0 has no logarithm. */
const NONE = 0.5;

/**
 * Stands for the width needed when even the network's whole width is too narrow. The true value is unknown, so the next
 * width in the series is used: twice the whole.
 */
const MORE_THAN_ALL = 2;

/** Predictions that vary within a twentieth of as much as the targets vary as they should. */
const NEGLIGIBLE_DISTANCE = 0.05;
const LEAST_DISTANCE = 1e-3;
const MOST_DISTANCE = 10;

function within(value: number | null, least: number, most: number): number {
  return value === null ? most : Math.min(most, Math.max(least, value));
}

/** Whether a subject learns at all. This is compared before how well it learns. */
export const learns: Metric = {
  name: "learns",
  title: "share of seeds that learn",
  scale: "share",
  ladder: false,
  badness: ({ verdict }) => (verdict === "learns" ? 0 : 1),
  unscale: (badness) => 1 - badness,
  moreIsBetter: true,
  negligible: null,
  errorShare: 0.1,
};

const byRatio = { scale: "ratio", ladder: false, unscale: Math.exp, negligible: null } as const;
const onLadder = { ...byRatio, ladder: true, errorShare: 0.06 } as const;

/** Every number that the gate compares, in the order of the laws. */
export const metrics: readonly Metric[] = [
  learns,
  {
    ...onLadder,
    name: "stepsToOverfitOne",
    title: "steps to overfit one example",
    badness: ({ ladder }) => ladder && Math.log(within(ladder.stepsToOverfitOne, 1, NEVER)),
  },
  {
    ...onLadder,
    name: "memorises",
    title: "examples memorised up the ladder",
    badness: ({ ladder }) => ladder && -Math.log(Math.max(ladder.memorises, NONE)),
    unscale: (badness) => Math.exp(-badness),
    moreIsBetter: true,
  },
  {
    ...onLadder,
    name: "widthNeeded",
    title: "share of the width needed",
    badness: ({ ladder }) => ladder && Math.log(ladder.widthNeeded ?? MORE_THAN_ALL),
  },
  {
    ...byRatio,
    name: "finalLoss",
    title: "final loss / Var(Y)",
    badness: ({ finalLoss, lateLoss = finalLoss }) => Math.log(within(lateLoss, LEAST_LOSS, MOST_LOSS)),
    negligible: NEGLIGIBLE_LOSS,
    errorShare: 0.32,
  },
  {
    ...byRatio,
    name: "varianceRatio",
    title: "distance of the variance ratio from 1",
    badness: ({ varianceRatio }) => Math.log(distanceFromOne(varianceRatio)),
    negligible: NEGLIGIBLE_DISTANCE,
    errorShare: 0.08,
  },
  {
    ...byRatio,
    name: "heldOutError",
    title: "held-out error / Var(Y)",
    badness: ({ heldOutError, lateHeldOutError = heldOutError }) =>
      heldOutError === undefined ? null : Math.log(within(lateHeldOutError ?? null, LEAST_LOSS, MOST_LOSS)),
    negligible: NEGLIGIBLE_LOSS,
    errorShare: 0.32,
  },
];

function distanceFromOne(ratio: number | null): number {
  return within(ratio === null ? null : Math.abs(1 - ratio), LEAST_DISTANCE, MOST_DISTANCE);
}

const JUDGED = new Set(["finalLoss", "heldOutError"]);

/** How well a subject learns, and how well it generalises: what the number of seeds is chosen by. */
export const judgedMetrics: readonly Metric[] = metrics.filter(({ name }) => JUDGED.has(name));
