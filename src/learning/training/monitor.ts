import { average } from "../../foundation/numbers/statistics.ts";
import type { EarlyStopping } from "../config/schema.ts";
import type { Evaluation } from "./evaluation.ts";

/** What is watched at the end of every epoch. */
export type Monitor = EarlyStopping["monitor"];

/** How a watched number is compared with the best one so far. */
export interface Comparison {
  readonly monitor: Monitor;
  /** Whether smaller or larger is better. @defaultValue smaller for a loss, larger for an accuracy */
  readonly mode?: "min" | "max" | undefined;
  readonly minDelta: number;
}

/** Reads a watched number at the end of an epoch; null where there is none, such as an accuracy of numbers. */
export type Reading = (monitor: Monitor) => Promise<number | null>;

/** Whether a monitor is about how many answers are right, so that more is better. */
export function isAccuracy(monitor: Monitor): boolean {
  return monitor === "accuracy" || monitor === "heldOutAccuracy";
}

/** Whether a comparison takes what is worse for what is better. */
export function isTurnedRound({ monitor, mode }: Pick<Comparison, "monitor" | "mode">): boolean {
  return mode !== undefined && mode !== (isAccuracy(monitor) ? "max" : "min");
}

/** Whether a number is better than another by more than the least difference. */
export function improves(
  { monitor, mode, minDelta }: Comparison,
  now: number,
  before: number | null,
): boolean {
  if (before === null) return !Number.isNaN(now);
  const isSmaller = (mode ?? (isAccuracy(monitor) ? "max" : "min")) === "min";
  return isSmaller ? now < before - minDelta : now > before + minDelta;
}

/** What the readings of one epoch are made of. */
export interface Watched {
  /** The losses of the epoch's batches. */
  readonly losses: readonly number[];
  /** Evaluates the model on training examples, or on all held-out ones; null where there are none. */
  evaluate(set: "train" | "heldOut"): Promise<Evaluation | null>;
}

/** Reads each number of an epoch once. */
export function readingsOf({ losses, evaluate }: Watched): Reading {
  const evaluations = new Map<string, Promise<Evaluation | null>>();
  const once = (set: "train" | "heldOut") => {
    const known = evaluations.get(set) ?? evaluate(set);
    evaluations.set(set, known);
    return known;
  };
  return async (monitor) => {
    switch (monitor) {
      case "loss":
        return average(losses);
      case "heldOutLoss":
        return (await once("heldOut"))?.loss ?? null;
      case "accuracy":
        return accuracyOf(await once("train"));
      case "heldOutAccuracy":
        return accuracyOf(await once("heldOut"));
    }
  };
}

function accuracyOf(evaluation: Evaluation | null): number | null {
  return evaluation?.outputs[0]?.classes?.accuracy ?? null;
}
