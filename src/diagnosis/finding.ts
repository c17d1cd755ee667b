import type { Config } from "../config/schema.ts";
import type { CauseName } from "./causes.ts";

/** A cause that the evidence speaks for. */
export interface Finding {
  readonly cause: CauseName;
  /** From 0 to 1: how much more likely this is than another cause; findings are ranked by it. */
  readonly confidence: number;
  /** One sentence for a person: the layer, the step, the number. */
  readonly evidence: string;
}

/** A change to a config that should undo a cause. */
export interface Change {
  /** Such as `training.optimizer.learningRate 0.1 → 0.01`. */
  readonly description: string;
  readonly config: Config;
}
