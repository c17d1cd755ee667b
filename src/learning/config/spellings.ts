// Losses and optimizers under the names that TensorFlow.js gives them: the one table of both.

/** Losses of TensorFlow.js that compute what one of ours does. Class numbers are made one-hot wherever they are read. */
export const lossSpellings = {
  meanSquaredError: "mse",
  MSE: "mse",
  meanAbsoluteError: "mae",
  MAE: "mae",
  huberLoss: "huber",
  sparseCategoricalCrossentropy: "categoricalCrossentropy",
} as const;

/** Optimizers under their classes' names. */
export const optimizerSpellings = {
  Adam: "adam",
  SGD: "sgd",
  Momentum: "momentum",
  RMSProp: "rmsprop",
  Adagrad: "adagrad",
  Adadelta: "adadelta",
  Adamax: "adamax",
} as const;

/** A name of TensorFlow.js as ours; any other as it is. */
export function ourName(spellings: Readonly<Record<string, string>>, name: unknown): unknown {
  return typeof name === "string" && Object.hasOwn(spellings, name) ? spellings[name] : name;
}

/** A name that stands for an object of that name, and an object under one of TensorFlow.js's names, as ours. */
export function spellOut(
  spellings: Readonly<Record<string, string>>,
  ours: readonly string[],
  input: unknown,
): unknown {
  const name = ourName(spellings, input);
  if (ours.includes(name as string)) return { name };
  if (typeof input !== "object" || input === null || Array.isArray(input) || !("name" in input)) return input;
  return { ...input, name: ourName(spellings, input.name) };
}
