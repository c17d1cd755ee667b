import type { Evaluation } from "./evaluation.ts";
import type { Watch } from "./progress.ts";
import type { Trace } from "./trace.ts";

/** Ends a run early once the model predicts its training examples well enough, or can no longer succeed. */
export interface StoppingRule {
  /** Number of steps between two checks; each check costs a forward pass. */
  readonly every: number;
  /** Whether the run has got where it should, and may end. */
  readonly reached: (evaluation: Evaluation) => boolean;
  /** Whether it is useless to continue after this many steps. @defaultValue never */
  readonly isHopeless?: (evaluation: Evaluation, steps: number) => boolean;
}

export interface TrainOptions extends Watch {
  readonly until?: StoppingRule | undefined;
  /**
   * Whether the time that the caller allows is spent; asked before each step with what was measured so far, it ends the run.
   *
   * @defaultValue never
   */
  readonly isOver?: ((soFar: Trace) => boolean) | undefined;
  /** Whether to probe the model at the steps of the probe schedule and to survey it at the end. @defaultValue true */
  readonly probes?: boolean;
  /** Whether to measure the errors at several steps near the end. @defaultValue false */
  readonly late?: boolean;
}
