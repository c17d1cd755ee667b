import { dispose, engine, type Tensor } from "@tensorflow/tfjs-core";

/**
 * Frees what TensorFlow.js saved for a backward pass that never came, since something threw on the way forward. It
 * keeps those tensors outside every scope, so that no tidy frees them.
 */
export function disposeAbandonedTape(): void {
  const { state } = engine();
  if (state.gradientDepth > 0) return;
  for (const { saved } of (state.activeTape ?? []) as readonly { readonly saved?: Tensor[] }[])
    dispose((saved ?? []).filter(({ isDisposed }) => !isDisposed));
  state.activeTape = [];
}
