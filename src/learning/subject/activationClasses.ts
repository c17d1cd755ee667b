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
