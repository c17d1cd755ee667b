import { expect, test } from "vitest";
import type { JsonObject } from "../../../../src/foundation/savedModel/modelJson.ts";
import { Findings } from "../../../../src/learning/keras/translate/findings.ts";
import { translateTraced } from "../../../../src/learning/keras/translate/translateTraced.ts";

/** A graph of one input, in which each operation takes the answer of the one before. */
function chainOf(...operations: readonly string[]) {
  const nodes = ["Placeholder", ...operations].map((op, at) => ({
    name: `n${at}`,
    op,
    inputs: at === 0 ? [] : [`n${at - 1}:0`],
    attrs: { dtype: "float32" },
  }));
  const shape = [null, 16, 16, 3];
  return {
    inputs: [{ name: "n0:0", dtype: "float32", shape }],
    outputs: [`n${operations.length}:0`],
    shapes: [shape],
    nodes,
    updates: [],
  };
}

const SHEARED = chainOf("ImageProjectiveTransformV3");

function translated(evaluation: unknown, weights: readonly unknown[] = []) {
  const findings = new Findings();
  const traced = { weights, passes_mask: false, training: SHEARED, evaluation } as unknown as JsonObject;
  const place = { layer: "shear", argument: "RandomShear", kind: "a layer that learnproof traces" };
  const layer = translateTraced(traced, { name: "shear" }, place, findings);
  return { layer, notes: findings.notes.map(({ message }) => message).join(), findings };
}

test("a change of pictures without a counterpart is left out where evaluation hands them on as they are", () => {
  const { layer, notes, findings } = translated(chainOf("Identity"));

  expect(() => findings.throwIfRefused()).not.toThrow();
  expect(layer?.class_name).toBe("TracedLayer");
  expect(JSON.stringify(layer)).not.toContain("ImageProjectiveTransformV3");
  expect(notes).toContain("shear: is left out in training");
});

test.each([
  ["evaluation changes them too", SHEARED, []],
  ["evaluation is as training", undefined, []],
  ["evaluation computes with them", chainOf("Neg"), []],
  ["the layer has weights", chainOf("Identity"), [{ name: "w", shape: [1], trainable: true }]],
])("it is refused where %s", (_case, evaluation, weights) => {
  const { layer, findings } = translated(evaluation, weights);

  expect(layer).toBeNull();
  expect(() => findings.throwIfRefused()).toThrow("ImageProjectiveTransformV3");
});
