import type { Change } from "../../learning/config/changeConfig.ts";
import type { Config, Thresholds } from "../../learning/config/schema.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { Survey } from "../../learning/training/survey.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import type { Spread } from "../evidence/spread.ts";
import type { Trend } from "../evidence/trend.ts";
import type { Verdict } from "../outcome/verdict.ts";
import type { RankName } from "./ranking.ts";

/** What a cause is judged from: a finished run, and what can be measured on its subject at little cost. */
export interface Case {
  readonly subject: Subject;
  readonly run: TrainingRun;
  readonly survey: Survey;
  readonly verdict: Verdict;
  readonly thresholds: Thresholds;
  /** Where the run fails: on the examples it was trained on, on those held out only, or nowhere. */
  readonly fails: "training" | "held-out" | null;
  readonly trend: Trend;
  /** All numbers of the training inputs. */
  readonly inputs: Spread;
  /** The training targets, output by output. */
  readonly targets: readonly Spread[];
}

/** What speaks for a cause. */
export interface Suspicion {
  /** What kind of evidence it is; {@link ranking} says how strongly it speaks. */
  readonly rank: RankName;
  readonly evidence: string;
}

/** One thing that keeps a network from learning. */
export interface Cause<Name extends string = string> {
  /** Stable identifier, such as `dead-relu-units`. */
  readonly name: Name;
  /** What is wrong, as a clause. */
  readonly claim: string;
  /** Whether it may be named where every number of the run is healthy. @defaultValue false */
  readonly silent?: boolean;
  /** Null where nothing speaks for it. */
  examine(of: Case): Suspicion | null | Promise<Suspicion | null>;
  /** Changes that should undo it, the likeliest first, null where one does not apply. @defaultValue none */
  cures?(config: Config): readonly (Change | null)[] | Promise<readonly (Change | null)[]>;
}
