import type { Values } from "../../learning/config/changeConfig.ts";
import type { CauseName } from "./causes.ts";

/** A cause for which there is evidence. */
export interface Finding {
  readonly cause: CauseName;
  /** Its place in the table `ranking`, from 1 downwards. It orders causes and is no probability; JSON and reports leave it out. */
  readonly rank: number;
  /** One sentence that names the layer, the step or the number. */
  readonly evidence: string;
  /**
   * The values of config fields that remove it, where only the run tells them. JSON and reports leave them out.
   *
   * @defaultValue the cause proposes its changes from the config
   */
  readonly remedy?: Values;
  /**
   * Whether it says no more than that the run could have come farther, as healthy runs could: see {@link asksForMore}.
   *
   * @defaultValue false
   */
  readonly asksForMore?: boolean;
  /**
   * Whether a run that learns shows it as one does that fails: see {@link isFact}. Where it is gone, a change has removed it.
   *
   * @defaultValue false
   */
  readonly isFact?: boolean;
}
