import type { MeasureName } from "../config/measureNames.ts";

/** What a metric measures: an error that may judge, or the squared error, which judges anyway. */
type Meaning = MeasureName | "squaredError";

/** Metrics of Keras and of TensorFlow.js by their names, without capitals and underscores. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  mse: "squaredError",
  meansquarederror: "squaredError",
  rmse: "squaredError",
  rootmeansquarederror: "squaredError",
  mae: "meanAbsoluteError",
  meanabsoluteerror: "meanAbsoluteError",
  cosine: "cosineDistance",
  cosineproximity: "cosineDistance",
  cosinesimilarity: "cosineDistance",
  acc: "accuracy",
  accuracy: "accuracy",
  binaryaccuracy: "accuracy",
  categoricalaccuracy: "accuracy",
  sparsecategoricalaccuracy: "accuracy",
};

/**
 * Finds the error that a program means, where its loss is code of its own, whose value need not be an error: the first
 * of its metrics that measures one. Metrics that depend on all examples at once, such as AUC, and functions of the
 * program's own are passed over.
 *
 * @param metrics their names, in the program's order.
 * @param areClasses whether the targets are classes, of which alone an accuracy can be told.
 * @returns null where no metric measures an error, or the first is the squared error, which judges anyway.
 */
export function measureOfMetrics(metrics: readonly string[], areClasses: boolean): MeasureName | null {
  const meanings = metrics.map((name) => MEANINGS[name.toLowerCase().replaceAll("_", "")]);
  const first = meanings.find((one) => one !== undefined && (one !== "accuracy" || areClasses));
  return first === undefined || first === "squaredError" ? null : first;
}
