import { backend, type Tensor, type Variable } from "@tensorflow/tfjs-core";

/**
 * Reads the losses of several training steps at once, on an engine where each reading waits for the device. A loss that is
 * NaN or infinite ends a run before that step's update, and the host learns of it some steps later; so the device keeps a
 * flag, and weights that are guarded by it stay as they were at that step.
 */
export interface DeferredReads {
  /** The most steps whose losses are read at once. */
  readonly most: number;
  /**
   * Runs `work`, which may update these variables. Once the flag is set, the variables keep the values that they had
   * before.
   */
  guard<Result>(variables: readonly Variable[], work: () => Result): Result;
  /** Sets the flag if this loss is NaN or infinite. Nothing takes it back. */
  watch(loss: Tensor): void;
  /** Reads a float32 tensor along with the next reading that does not wait. The tensor may be disposed meanwhile. */
  read(tensor: Tensor): Promise<Float32Array>;
  /** Lets the device begin with what it was asked so far. */
  submit(): void;
  /** Frees the flag. */
  dispose(): void;
}

/** Begins to defer readings for one run; null on an engine where a reading does not wait for another device. */
export function deferReads(): DeferredReads | null {
  return (backend() as { deferReads?: () => DeferredReads }).deferReads?.() ?? null;
}
