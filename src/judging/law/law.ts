import type { Subject } from "../../learning/subject/subject.ts";
import type { StoppingRule, TrainingRun } from "../../learning/training/train.ts";
import type { FairThresholds } from "../outcome/fairThresholds.ts";
import type { AskedRung } from "./measureRung.ts";

/** The means by which a law measures a subject. The subject's own run is made on first use and shared by all laws. */
export interface LawContext {
  readonly subject: Subject;
  readonly thresholds: FairThresholds;
  /** Whether the engine promises the same bits for the same run. */
  readonly bitExact: boolean;
  /** Whether what the subject's own run knows is asked before few examples are trained on. */
  readonly asksOwnRunFirst: boolean;
  /** Trains the subject as it stands, or returns the run that exists. */
  run(): Promise<TrainingRun>;
  /** Trains a variant of the subject; progress reports it under this law's name. */
  train(variant: Subject, until?: StoppingRule): Promise<TrainingRun>;
  /** Trains one attempt at the law's rung, as {@link train} does or on another thread. */
  attempt(variant: Subject, until: StoppingRule, number: number): Promise<TrainingRun>;
}

/** The measurement of a law. `measured` is null if the number is not finite. */
export interface Measurement {
  readonly measured: number | null;
  readonly threshold: number;
  /** The relation in which `measured` must stand to `threshold`. */
  readonly bound: "≥" | "≤" | "<";
  readonly holds: boolean;
  /** One clause that tells a person what the number is. */
  readonly detail: string;
  /**
   * Whether it does not hold yet and the steps that a run did not make may change that, even where its error falls no more.
   *
   * @defaultValue the error tells whether they may
   */
  readonly isOpen?: boolean;
}

/** Says that a law does not apply to a subject. */
export interface NotAsked {
  /** A clause that says why. */
  readonly notAsked: string;
}

/** Leaves a law out. @param reason a clause, such as `no examples are held out` */
export function notAsked(reason: string): NotAsked {
  return { notAsked: reason };
}

/** Why a law that compares outputs with targets of their shape does not apply to outputs that their own loss judges. */
export const NO_PREDICTIONS =
  "its outputs have another shape than its targets or are no estimates of their means, and its own loss alone tells how good they are";

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
  /**
   * Whether it measures what training has reached: where it does not hold for a run that was ended early, the steps that
   * the run did not make may still make it hold. @defaultValue false
   */
  readonly needsTheEnd?: boolean;
  /**
   * The few examples that the law trains on first, where it has such a rung: another thread can make attempts at it. Null
   * where the subject has none.
   */
  readonly rung?: (subject: Subject) => AskedRung | null;
  /** Says with a reason if the law does not apply to the subject, such as held-out laws without held-out examples. */
  measure(context: LawContext): Promise<Measurement | NotAsked>;
}

export interface LawResult extends Measurement {
  readonly name: string;
  readonly claim: string;
}
