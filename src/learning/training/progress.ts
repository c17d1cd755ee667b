/** The progress of a long task. Every long-running function of learnproof reports in this form. */
export interface Progress {
  /** The current task: `training`, the name of a law, the change that is tried, or the title of a rung. */
  readonly task: string;
  /** Training steps completed in this task, from 1; 0 when the task begins. */
  readonly step: number;
  /** The most training steps that the task may take; 0 if that is not known yet. */
  readonly steps: number;
  /** Loss of this step; null when the task begins. */
  readonly loss: number | null;
  /** Var(Y) of the examples trained on: the mean squared error of the best constant. */
  readonly targetVariance: number;
}

/** Lets a caller follow and cancel a long task. */
export interface Watch {
  /** Called when a task begins and after each of its training steps. @defaultValue no call */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Ends the task before its next training step: the promise rejects with the signal's reason, and no tensor is left
   * behind. @defaultValue the task runs to its end
   */
  readonly signal?: AbortSignal | undefined;
}

/** Returns the same watch, but its reports carry the task name given. */
export function named(task: string, { onProgress, signal }: Watch): Watch {
  return { signal, ...(onProgress && { onProgress: (progress) => onProgress({ ...progress, task }) }) };
}
