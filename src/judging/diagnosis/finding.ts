import type { CauseName } from "./causes.ts";

/** A cause for which there is evidence. */
export interface Finding {
  readonly cause: CauseName;
  /** A number from 0 to 1 from the table `ranking`. It orders causes and is not a probability. */
  readonly confidence: number;
  /** One sentence that names the layer, the step or the number. */
  readonly evidence: string;
}
