import { engine, type Tensor } from "@tensorflow/tfjs-core";

interface Tape {
  readonly gradientDepth: number;
  activeTape: { readonly saved?: readonly Tensor[] }[] | null;
}

/**
 * Runs `work`, which computes gradients. If it throws (in a custom loss, for example), TensorFlow.js keeps the tensors
 * that it saved for the backward pass; here they are freed.
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
