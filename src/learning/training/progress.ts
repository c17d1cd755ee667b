/** How far a piece of long work is. Every long function of learnproof reports in this shape. */
export interface Progress {
  /** What is trained just now: `training`, the name of a law, the change that is tried, the title of a rung. */
  readonly task: string;
  /** Training steps made of this task, from 1; 0 as the task begins. */
  readonly step: number;
  /** Training steps that the task may take; 0 where nobody knows yet. */
  readonly steps: number;
  /** Loss of this step; null as the task begins. */
  readonly loss: number | null;
  /** Var(Y) of the examples trained on: the mean squared error of the best constant. */
  readonly targetVariance: number;
}

/** How a caller follows long work, and how it ends it. */
export interface Watch {
  /** Called as a task begins, and after each of its training steps. @defaultValue nobody is told */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /**
   * Ends the work before its next training step: the promise rejects with the signal's reason, and no tensor stays
   * behind. @defaultValue the work runs to its end
   */
  readonly signal?: AbortSignal | undefined;
}

/** The same watch, whose reports carry another task's name. */
export function named(task: string, { onProgress, signal }: Watch): Watch {
  return { signal, ...(onProgress && { onProgress: (progress) => onProgress({ ...progress, task }) }) };
}
