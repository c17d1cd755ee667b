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

/**
 * Computes the gradients of an operation's inputs from the gradient of its output, the saved tensors and the
 * operation's attributes.
 */
export type Gradient = (dy: Tensor, saved: Tensor[], attributes: NamedAttrMap) => InputGradients;

/** The tensors that are saved for the gradient, as TensorFlow.js names them. */
export type Saved = Pick<GradConfig, "inputsToSave" | "outputsToSave" | "saveAllInputs">;

/** Replaces TensorFlow.js's gradient of an operation, for every engine. */
export function replaceGradient(kernelName: string, saved: Saved, gradient: Gradient): void {
  if (getGradient(kernelName)) unregisterGradient(kernelName);
  registerGradient({
    kernelName,
    ...saved,
    gradFunc: (dy, tensors, attributes) => gradient(dy as Tensor, tensors, attributes),
  });
}

/**
 * Replaces the gradient of an operation in the cases that TensorFlow.js gets wrong. `own` receives TensorFlow.js's
 * gradient for the other cases, whose results stay the same bit for bit.
 *
 * @throws Error if TensorFlow.js has no gradient of the operation.
 */
export function mendGradient(kernelName: string, own: (stock: Gradient) => Gradient): void {
  const stock = getGradient(kernelName);
  if (!stock) throw new Error(`mendGradient: ${kernelName} must have a gradient, got none.`);
  replaceGradient(kernelName, stock, own(stock.gradFunc as Gradient));
}
