// The table that maps TensorFlow.js's names of losses and optimizers to learnproof's.

/**
 * Losses of TensorFlow.js that compute the same as one of learnproof's. Class numbers become one-hot wherever targets
 * are read.
 */
export const lossSpellings = {
  meanSquaredError: "mse",
  MSE: "mse",
  meanAbsoluteError: "mae",
  MAE: "mae",
  huberLoss: "huber",
  MAPE: "meanAbsolutePercentageError",
  mape: "meanAbsolutePercentageError",
  MSLE: "meanSquaredLogarithmicError",
  KLD: "kullbackLeiblerDivergence",
  kld: "kullbackLeiblerDivergence",
  cosine: "cosineProximity",
  sparseCategoricalCrossentropy: "categoricalCrossentropy",
} as const;

/** Optimizers by their class names. */
export const optimizerSpellings = {
  Adam: "adam",
  SGD: "sgd",
  Momentum: "momentum",
  RMSProp: "rmsprop",
  Adagrad: "adagrad",
  Adadelta: "adadelta",
  Adamax: "adamax",
} as const;

/** Translates a TensorFlow.js name to learnproof's; any other value is returned unchanged. */
export function ourName(spellings: Readonly<Record<string, string>>, name: unknown): unknown {
  return typeof name === "string" && Object.hasOwn(spellings, name) ? spellings[name] : name;
}

/**
 * Expands a plain name to an object with that name, and translates a TensorFlow.js name in an object to learnproof's.
 */
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
