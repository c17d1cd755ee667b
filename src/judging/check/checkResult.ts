// The result of a check is plain data: a program can write it as JSON, and another version of learnproof can read it.

import type { Config } from "../../learning/config/schema.ts";
import type { EngineName } from "../../learning/engine/engineName.ts";
import type { Place } from "../../learning/keras/program/capturedFile.ts";
import type { KerasEdit } from "../../learning/keras/words/edit.ts";
import type { Part, TargetPart } from "../../learning/subject/parts.ts";
import type { CauseName } from "../diagnosis/causes.ts";
import type { CauseStatus } from "../diagnosis/cure/attempt.ts";
import type { DataFinding } from "../evidence/data/dataFinding.ts";
import type { LawResult } from "../law/law.ts";
import type { CheckVerdict } from "../outcome/openEnd.ts";
import type { Verdict } from "../outcome/verdict.ts";
import type { EvaluationSummary } from "./evaluationSummary.ts";
import type { WhatName } from "./what/whatKind.ts";

/** The version of {@link CheckResult}; it increases when a field is removed or changes its meaning. */
export const SCHEMA_VERSION = 2;

/** The result of `check` for one subject. */
export interface CheckResult {
  readonly schemaVersion: typeof SCHEMA_VERSION;
  readonly what: WhatName;
  /** `unfinished` if the budget ended the run before it was known whether it learns. */
  readonly verdict: CheckVerdict;
  /** Whether the run learns and every law holds; false for an unfinished run too, of which that is not known. */
  readonly holds: boolean;
  /** Every law that applies to the subject, in the order of {@link laws}. */
  readonly laws: readonly LawResult[];
  /** Laws for which the budget left no time, or of which a run that it ended says nothing yet; empty without a budget. */
  readonly notMeasured: readonly { readonly name: string; readonly reason: string }[];
  /** Laws that do not apply to the subject, and why. */
  readonly notAsked: readonly { readonly name: string; readonly reason: string }[];
  /** What the data say by themselves: rows and columns to look at. They break no law and leave `holds` as it is. */
  readonly data: readonly DataFinding[];
  /** The first of `causes`: a proven one where there is one; null if nothing is wrong or nothing is suspected. */
  readonly cause: NamedCause | null;
  /** All causes for which there is evidence: first those whose change alone makes every law hold. */
  readonly causes: readonly NamedCause[];
  /** The smallest change found that makes every law hold; null if none was needed or found. */
  readonly cure: ProvenCure | null;
  /** Every change that was tried, in order. */
  readonly attempts: readonly TriedChange[];
  /** Changes that could not be tried, and why. */
  readonly notTried: readonly { readonly change: string; readonly reason: string }[];
  readonly run: RunSummary;
  readonly engine: { readonly name: EngineName; readonly device: string; readonly bitExact: boolean };
  readonly subject: SubjectSummary;
  readonly seed: number;
}

/** A cause and the evidence for it. */
export interface NamedCause {
  readonly name: CauseName;
  /** One sentence with the layer, the step or the number. */
  readonly evidence: string;
  /** What changing it, and nothing else, has shown: see {@link CauseStatus}. */
  readonly status: CauseStatus;
  /** What was tried and what came of it, or why nothing was tried. */
  readonly why: string;
  /** The change that proves it or contributes; null elsewhere. */
  readonly change: string | null;
  /** The call of a Keras script that it belongs to; left out for other subjects. */
  readonly source?: Place | null;
}

/** A change to the config that was trained under the same seed. */
export interface TriedChange {
  /** The cause that proposes it. */
  readonly cause: CauseName;
  /** A description such as `training.optimizer.learningRate 0.1 → 0.01`. */
  readonly change: string;
  readonly verdict: Verdict;
  /**
   * Normalised mean squared error of the changed run; by an error measure of its own, the error over that of the best
   * constant. Null where it is not finite.
   */
  readonly lossOverVariance: number | null;
  /** Laws that the changed subject breaks. */
  readonly brokenLaws: readonly string[];
  /** Updates made, where the budget ended the changed run before its last step; left out where it made them all. */
  readonly steps?: number;
}

/** A change that made every law hold, with the whole config of the cured run. */
export interface ProvenCure extends TriedChange {
  readonly config: Config;
  /** The same change as edits of the Keras script; left out for other subjects. */
  readonly edits?: readonly KerasEdit[];
}

/** The subject's own run in numbers. */
export interface RunSummary {
  /** Updates made. */
  readonly steps: number;
  /** Whether the budget ended the run before its last step, so that it was judged on the steps made until then. */
  readonly cutShort: boolean;
  /** Seconds of a budget that would let the run make all its steps, by the time that those made took; null unless it was cut short. */
  readonly budgetToFinish: number | null;
  /** Whether every loss and every weight is finite. */
  readonly finite: boolean;
  /** Loss of each step; null where it is not finite. */
  readonly losses: readonly (number | null)[];
  readonly train: EvaluationSummary;
  /** Null where no examples are held out for validation. */
  readonly heldOut: EvaluationSummary | null;
  /** SHA-256 over losses and final weights. */
  readonly digest: string;
}

/** The size and training recipe of a subject. */
export interface SubjectSummary {
  readonly examples: number;
  readonly heldOut: number;
  /** Shape of one row of inputs; `[numbers]` if the model has several inputs. */
  readonly inputShape: readonly number[];
  /** Numbers in one row of targets. */
  readonly outputs: number;
  /** Whether the targets of all outputs are classes. */
  readonly classification: boolean;
  /** The model's inputs, each with its shape for one example. */
  readonly inputParts: readonly Part[];
  /** The model's outputs, each with its shape for one example. */
  readonly targetParts: readonly TargetPart[];
  /** Whether examples or classes have weights in the training loss. */
  readonly weighted: boolean;
  /** Updates that the subject asks for. */
  readonly steps: number;
  readonly batchSize: number;
  /** The whole config; null for a subject that a program made itself. */
  readonly config: Config | null;
}
