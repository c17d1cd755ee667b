import type { CauseName } from "./causes.ts";

/** A cause that the evidence speaks for. */
export interface Finding {
  readonly cause: CauseName;
  /** From 0 to 1: how much more likely this is than another cause; findings are ranked by it. */
  readonly confidence: number;
  /** One sentence for a person: the layer, the step, the number. */
  readonly evidence: string;
}
