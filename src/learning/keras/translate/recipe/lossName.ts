// Keras knows each loss by several names: a function, its abbreviation, a class.

/** The losses of Keras, each with all its names in lower case without underscores. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  mean_squared_error: ["mse"],
  mean_absolute_error: ["mae"],
  mean_absolute_percentage_error: ["mape"],
  mean_squared_logarithmic_error: ["msle"],
  huber: ["huberloss"],
  log_cosh: ["logcosh"],
  binary_crossentropy: ["bce"],
  categorical_crossentropy: ["cce"],
  sparse_categorical_crossentropy: ["scce"],
  binary_focal_crossentropy: [],
  categorical_focal_crossentropy: [],
  hinge: [],
  squared_hinge: [],
  categorical_hinge: [],
  kl_divergence: ["kld", "kullbackleiblerdivergence", "kldivergence"],
  poisson: [],
  cosine_similarity: ["cosine", "cosineproximity", "cosinesimilarity"],
};

/** A loss, by the name of Keras's function. */
export type KerasLoss = keyof typeof NAMES;

const canonical: ReadonlyMap<string, string> = new Map(
  Object.entries(NAMES).flatMap(([name, others]) =>
    [plain(name), ...others].map((one) => [one, name] as const),
  ),
);

/** The losses that are known, by the names of Keras's functions. */
export const knownLosses: readonly string[] = Object.keys(NAMES);

/** Returns the name of Keras's function for any name of the same loss; null for an unknown one. */
export function kerasLoss(name: string): string | null {
  return canonical.get(plain(name)) ?? null;
}

function plain(name: string): string {
  return name
    .replace(/^.*[.>]/, "")
    .replace(/_/g, "")
    .toLowerCase();
}
