import { tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, expect, it } from "vitest";
import { startEngine } from "../../../../src/learning/engine/startEngine.ts";
import { tracedConstraint } from "../../../../src/learning/keras/traced/tracedConstraint.ts";
import { tracedLoss } from "../../../../src/learning/keras/traced/tracedLoss.ts";

const floats = (shape: (number | null)[], name: string) => ({ name, dtype: "float32", shape });
const node = (name: string, op: string, inputs: string[]) => ({ name, op, inputs, attrs: {} });

beforeAll(async () => {
  await startEngine({ name: "wasm" });
});

it("keeps a weight by a rule of Keras, and by one of the script's own", () => {
  const halved = {
    inputs: [floats([2], "n0:0")],
    outputs: ["n2:0"],
    shapes: [[2]],
    nodes: [
      node("n0", "Placeholder", []),
      { ...node("n1", "Const", []), value: { shape: [], values: [0.5], dtype: "float32" } },
      node("n2", "Mul", ["n0:0", "n1:0"]),
    ],
    updates: [],
  };
  const kept = (rule: Parameters<typeof tracedConstraint>[0]) =>
    tidy(() => [
      ...tracedConstraint(rule)
        .apply(tensor([-2, 4]))
        .dataSync(),
    ]);

  expect(kept({ class_name: "NonNeg", config: {} })).toEqual([0, 4]);
  expect(kept({ class_name: "MaxNorm", config: { max_value: 1, axis: 0 } })[1]).toBeCloseTo(0.894, 3);
  expect(kept({ class_name: "Traced", config: halved })).toEqual([-1, 2]);
});

it("adds up what Keras adds up, where it else averages", () => {
  const apart = {
    inputs: [floats([null, 2], "n0:0"), floats([null, 2], "n1:0")],
    outputs: ["n2:0"],
    shapes: [[null, 2]],
    nodes: [
      node("n0", "Placeholder", []),
      node("n1", "Placeholder", []),
      node("n2", "SquaredDifference", ["n0:0", "n1:0"]),
    ],
    updates: [],
  };
  const ofBatch = (adds: boolean) =>
    tidy(() => {
      const [targets, predictions] = [tensor([0, 0, 0, 0, 0, 0], [3, 2]), tensor([1, 2, 3, 4, 5, 6], [3, 2])];
      const each = tracedLoss(apart, false, "", adds)(targets, predictions);
      return [...each.dataSync()].reduce((sum, one) => sum + one, 0) / 3;
    });

  expect(ofBatch(true)).toBeCloseTo(91, 4);
  expect(ofBatch(false)).toBeCloseTo(91 / 6, 4);
});
