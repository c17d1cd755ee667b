// What the threads of a check are asked for, and what they answer.

import type { Config } from "../../learning/config/schema.ts";
import type { EngineName } from "../../learning/engine/engineName.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import type { ChangedRun } from "../diagnosis/cure/changedRun.ts";

/** One attempt at the rung of a law. */
export interface RungRequest {
  readonly kind: "rung";
  readonly config: Config;
  /** The law's name. */
  readonly law: string;
  /** The number of the attempt, from 0. */
  readonly attempt: number;
}

/** A run of a changed config. */
export interface ChangeRequest {
  readonly kind: "change";
  readonly config: Config;
  /** Seconds after which the run ends and is judged on the steps made; undefined for no bound. */
  readonly seconds: number | undefined;
}

export type CheckRequest = (RungRequest | ChangeRequest) & { readonly engine: EngineName };

/** The run of a rung or of a change. */
export type CheckAnswer = TrainingRun | ChangedRun;
