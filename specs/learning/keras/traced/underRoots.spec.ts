// A loss that is a root has no slope where predictions equal their targets; a little under the root gives it one.

import { grad, type Scalar, sum, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { TracedGraph } from "../../../../src/learning/keras/traced/tracedGraph.ts";
import { tracedLoss } from "../../../../src/learning/keras/traced/tracedLoss.ts";
import { raiseRoots } from "../../../../src/learning/loss/underRoots.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** The size of the difference as a root of its square, or the angle whose cosine a prediction is. */
function graphOf(op: "Sqrt" | "Acos"): TracedGraph {
  const made = op === "Sqrt" ? "square:0" : "p:0";
  return {
    inputs: [
      { name: "y:0", dtype: "float32", shape: [null, 1] },
      { name: "p:0", dtype: "float32", shape: [null, 1] },
    ],
    outputs: ["end:0"],
    shapes: [[null, 1]],
    nodes: [
      { name: "y", op: "Placeholder", inputs: [], attrs: {} },
      { name: "p", op: "Placeholder", inputs: [], attrs: {} },
      { name: "difference", op: "Sub", inputs: ["p:0", "y:0"], attrs: {} },
      { name: "square", op: "Square", inputs: ["difference:0"], attrs: {} },
      { name: "end", op, inputs: [made], attrs: {} },
    ],
    updates: [],
  };
}

const table = () => tensor([1, 1], [2, 1]);
const slopeOf = (loss: (y: Tensor, p: Tensor) => Tensor) =>
  tidy(() => [...grad((p: Tensor) => sum(loss(table(), p)) as Scalar)(table()).dataSync()]);

test.each(["Sqrt", "Acos"] as const)(
  "%s has no slope where it is steepest, and one with a little taken off",
  (op) => {
    const loss = tracedLoss(graphOf(op), false);
    expect(slopeOf(loss).some(Number.isFinite)).toBe(false);
    expect(slopeOf(raiseRoots(loss, 1e-4)).every(Number.isFinite)).toBe(true);
  },
);

test("is the same function each time, and the loss itself where nothing is added or nothing is known of it", () => {
  const loss = tracedLoss(graphOf("Sqrt"), false);
  expect(raiseRoots(loss, 1e-4)).toBe(raiseRoots(loss, 1e-4));
  expect(raiseRoots(loss, 0)).toBe(loss);
  const unknown = (_: Tensor, p: Tensor) => p;
  expect(raiseRoots(unknown, 1e-4)).toBe(unknown);
});
