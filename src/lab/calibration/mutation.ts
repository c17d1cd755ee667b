import type { CauseName } from "../../judging/diagnosis/causes.ts";
import type { BuiltInConfig } from "../../learning/config/schema.ts";
import type { Subject } from "../../learning/subject/subject.ts";

/** One way to break a healthy config, after the operators of DeepCrime. */
export interface Mutation {
  /** Such as `learning rate × 30`. */
  readonly name: string;
  /** The names that are right for it: a fault may show in more than one way. */
  readonly causes: readonly CauseName[];
  /** Whether it must be caught although held-out examples are predicted as well as ever. */
  readonly isSilent: boolean;
  /** Null where it does not apply, such as a missing activation where there is none. */
  mutate(config: BuiltInConfig): Subject | null;
}
