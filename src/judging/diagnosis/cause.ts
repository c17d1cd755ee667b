import type { Change, Values } from "../../learning/config/changeConfig.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { Survey } from "../../learning/training/survey.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import type { AskedFault } from "../evidence/asked/askedFault.ts";
import type { Spread } from "../evidence/spread.ts";
import type { Output } from "../evidence/targets/outputs.ts";
import type { Trend } from "../evidence/trend.ts";
import type { FairThresholds } from "../outcome/fairThresholds.ts";
import type { CheckVerdict } from "../outcome/openEnd.ts";
import type { RankName } from "./ranking.ts";

/** The evidence that a cause is judged from: a finished run, and cheap measurements of its subject. */
export interface Case {
  readonly subject: Subject;
  readonly run: TrainingRun;
  readonly survey: Survey;
  readonly verdict: CheckVerdict;
  readonly thresholds: FairThresholds;
  /** Whether a second run of the same seed gave the same losses. */
  readonly repeats: boolean;
  /** Whether the run was ended before its last step, such as by a budget: what it would have reached is not known. */
  readonly cutShort: boolean;
  /** Whether the run fails on its training examples, only on the held-out ones, or (null) on neither. */
  readonly fails: "training" | "held-out" | null;
  readonly trend: Trend;
  /** All numbers of the training inputs. */
  readonly inputs: Spread;
  /** The training targets, number by number of a row. */
  readonly targets: readonly Spread[];
  /** The outputs of the subject, in the model's order. */
  readonly outputs: readonly Output[];
  /** What is wrong with what the script asks its trained model. */
  readonly askedFaults: readonly AskedFault[];
}

/** The evidence for a cause. */
export interface Suspicion {
  /** The kind of evidence; the table `ranking` says how strong it is. */
  readonly rank: RankName;
  readonly evidence: string;
  /**
   * The values of config fields that remove it, where only the run tells them. The search tries them before the changes
   * that the cause proposes from the config.
   */
  readonly remedy?: Values;
}

/** One thing that keeps a network from learning. */
export interface Cause<Name extends string = string> {
  /** Stable identifier, such as `dead-relu-units`. */
  readonly name: Name;
  /** A clause that says what is wrong. */
  readonly claim: string;
  /** Whether it may be named although every measurement of the run is healthy. @defaultValue false */
  readonly silent?: boolean;
  /**
   * For a fault that no change of another cause makes up for: why those changes are not tried while it stands.
   *
   * @defaultValue changes of other causes are tried
   */
  readonly standsAlone?: string;
  /**
   * What to do where no field of the config removes it: a clause in the imperative.
   *
   * @defaultValue it may be in the data, in the code or an effect of another cause
   */
  readonly byHand?: string;
  /** Returns null if there is no evidence for it. */
  examine(of: Case): Suspicion | null | Promise<Suspicion | null>;
  /** Returns changes that should remove it, the likeliest first; null stands for one that does not apply. */
  cures?(config: Config): readonly (Change | null)[] | Promise<readonly (Change | null)[]>;
}
