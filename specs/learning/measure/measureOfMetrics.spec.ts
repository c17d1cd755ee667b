import { expect, test } from "vitest";
import { measureOfMetrics } from "../../../src/learning/measure/measureOfMetrics.ts";

test.each([
  [["mae"], "meanAbsoluteError"],
  [["MeanAbsoluteError", "accuracy"], "meanAbsoluteError"],
  [["AUC", "cosine_similarity"], "cosineDistance"],
  [["rmse", "mae"], null],
  [["auc", "precision", "my_score"], null],
  [[], null],
])("of the metrics %j the first that measures an error judges: %s", (metrics, name) => {
  expect(measureOfMetrics(metrics, false)).toBe(name);
});

test("an accuracy judges where the targets are classes alone", () => {
  expect(measureOfMetrics(["binary_accuracy", "mae"], true)).toBe("accuracy");
  expect(measureOfMetrics(["binary_accuracy", "mae"], false)).toBe("meanAbsoluteError");
});
