import type { CauseName } from "./causes.ts";

/** A cause for which there is evidence. */
export interface Finding {
  readonly cause: CauseName;
  /** Its place in the table `ranking`, from 1 downwards. It orders causes and is no probability; JSON and reports leave it out. */
  readonly rank: number;
  /** One sentence that names the layer, the step or the number. */
  readonly evidence: string;
}
