import type { Thresholds } from "../../learning/config/schema.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { StoppingRule, TrainingRun } from "../../learning/training/train.ts";

/** What a law may use to measure a subject. Runs are made when first asked for and shared between laws. */
export interface LawContext {
  readonly subject: Subject;
  readonly thresholds: Thresholds;
  /** Whether the engine promises the same bits for the same run. */
  readonly bitExact: boolean;
  /** The subject trained as it stands. */
  run(): Promise<TrainingRun>;
  /** Another subject (a variant of this one) trained, counted as work of the law in hand. */
  train(variant: Subject, until?: StoppingRule): Promise<TrainingRun>;
}

/** What a law measured. `measured` is null where nothing finite could be. */
export interface Measurement {
  readonly measured: number | null;
  readonly threshold: number;
  /** How `measured` must lie to the threshold. */
  readonly bound: "≥" | "≤" | "<";
  readonly holds: boolean;
  /** One clause for a person: what the number is. */
  readonly detail: string;
}

/** A number that must be at least `threshold`. */
export function atLeast(value: number, threshold: number, detail: string): Measurement {
  return { measured: finite(value), threshold, bound: "≥", holds: value >= threshold, detail };
}

/** A number that must be at most `threshold`. */
export function atMost(value: number, threshold: number, detail: string): Measurement {
  return { measured: finite(value), threshold, bound: "≤", holds: value <= threshold, detail };
}

/** A number that must be below `threshold`. */
export function below(value: number, threshold: number, detail: string): Measurement {
  return { measured: finite(value), threshold, bound: "<", holds: value < threshold, detail };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** A claim that must hold of a subject. */
export interface Law {
  /** Stable identifier, such as `overfitsOne`. */
  readonly name: string;
  /** The claim, in the present tense. */
  readonly claim: string;
  /** Whether it trains variants of the subject, beside the subject's own run. @defaultValue false */
  readonly trains?: boolean;
  /** Null where the law does not apply to the subject, such as held-out laws without held-out examples. */
  measure(context: LawContext): Promise<Measurement | null>;
}

export interface LawResult extends Measurement {
  readonly name: string;
  readonly claim: string;
}
