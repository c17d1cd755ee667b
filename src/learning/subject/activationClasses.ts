/** Class names of the layers that do nothing but apply an activation: those of TensorFlow.js, and one of Keras. */
export const ACTIVATION_CLASSES: ReadonlySet<string> = new Set([
  "Activation",
  "ReLU",
  "LeakyReLU",
  "ELU",
  "PReLU",
  "Softmax",
  "KerasSoftmax",
  "ThresholdedReLU",
]);

/** A layer that computes operations of a program's own, among which its activation stands. */
export interface EndsByItself {
  /** The activation that its outputs pass last; null where nothing is known of their values. */
  readonly lastActivation: string | null;
}

/** Whether a layer tells the activation that its outputs pass last. */
export function endsByItself(layer: object): layer is EndsByItself {
  return "lastActivation" in layer;
}
