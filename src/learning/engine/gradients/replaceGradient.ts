import {
  type GradConfig,
  getGradient,
  type NamedAttrMap,
  registerGradient,
  type Tensor,
  unregisterGradient,
} from "@tensorflow/tfjs-core";

/** The gradients of an operation's inputs, by their names. */
export type InputGradients = Record<string, () => Tensor>;

/** An operation's gradient: that of its output, what was saved, the operation's attributes. */
export type Gradient = (dy: Tensor, saved: Tensor[], attributes: NamedAttrMap) => InputGradients;

/** What of the operation is saved for its gradient, as TensorFlow.js names it. */
export type Saved = Pick<GradConfig, "inputsToSave" | "outputsToSave" | "saveAllInputs">;

/** Puts our gradient of an operation in place of TensorFlow.js's own, for every engine. */
export function replaceGradient(kernelName: string, saved: Saved, gradient: Gradient): void {
  if (getGradient(kernelName)) unregisterGradient(kernelName);
  registerGradient({
    kernelName,
    ...saved,
    gradFunc: (dy, tensors, attributes) => gradient(dy as Tensor, tensors, attributes),
  });
}

/**
 * Replaces the gradient of an operation in those cases that TensorFlow.js has wrong; `own` gets its gradient for the
 * others, which keep their bits.
 *
 * @throws Error where TensorFlow.js has no gradient of the operation.
 */
export function mendGradient(kernelName: string, own: (stock: Gradient) => Gradient): void {
  const stock = getGradient(kernelName);
  if (!stock) throw new Error(`mendGradient: ${kernelName} must have a gradient, got none.`);
  replaceGradient(kernelName, stock, own(stock.gradFunc as Gradient));
}
