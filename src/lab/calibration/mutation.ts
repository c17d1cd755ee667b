import type { CauseName } from "../../judging/diagnosis/causes.ts";
import type { BuiltInConfig, OwnConfig } from "../../learning/config/schema.ts";
import type { Subject } from "../../learning/subject/subject.ts";

/** A config under calibration: of a network of learnproof's own, or of a recurrent one of `recurrent/`. */
export type CalibrationConfig = BuiltInConfig | OwnConfig;

/** One way to break a healthy config, after the operators of DeepCrime. */
export interface Mutation {
  /** A name such as `learning rate × 30`. */
  readonly name: string;
  /** The causes that are correct for it; one fault may show in several ways. */
  readonly causes: readonly CauseName[];
  /** Whether it must be caught although it does not worsen the held-out error. */
  readonly isSilent: boolean;
  /** Returns null if it does not apply, such as removing an activation where there is none. */
  mutate(config: CalibrationConfig): Promise<Subject | null>;
}
