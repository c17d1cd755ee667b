import type { CauseName } from "./causes.ts";

/** A cause that the evidence speaks for. */
export interface Finding {
  readonly cause: CauseName;
  /** From 0 to 1: the place in {@link ranking}. It orders causes, and is no probability. */
  readonly confidence: number;
  /** One sentence for a person: the layer, the step, the number. */
  readonly evidence: string;
}
