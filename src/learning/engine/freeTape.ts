import { engine, type Tensor } from "@tensorflow/tfjs-core";

interface Tape {
  readonly gradientDepth: number;
  activeTape: { readonly saved?: readonly Tensor[] }[] | null;
}

/**
 * Runs `work`, which computes gradients. Where it throws (a loss of the user's, say), TensorFlow.js keeps what it had
 * saved for the way back; here that is freed.
 */
export function freeingTape<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const state = engine().state as unknown as Tape;
    if (state.gradientDepth === 0 && state.activeTape) {
      for (const { saved = [] } of state.activeTape) for (const tensor of saved) tensor.dispose();
      state.activeTape = null;
    }
    throw error;
  }
}
