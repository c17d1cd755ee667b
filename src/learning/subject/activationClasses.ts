/** Class names of the layers of TensorFlow.js that do nothing but apply an activation. */
export const ACTIVATION_CLASSES: ReadonlySet<string> = new Set([
  "Activation",
  "ReLU",
  "LeakyReLU",
  "ELU",
  "PReLU",
  "Softmax",
  "ThresholdedReLU",
]);
