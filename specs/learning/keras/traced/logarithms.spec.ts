// A loss that a program wrote in Python is asked which number it took the logarithm of, by the operations it is made of.

import { beforeAll, expect, test } from "vitest";
import type { TracedGraph } from "../../../../src/learning/keras/traced/tracedGraph.ts";
import { tracedLoss } from "../../../../src/learning/keras/traced/tracedLoss.ts";
import { findOutsideLogarithm } from "../../../../src/learning/loss/logarithmDomain.ts";
import { ownLoss } from "../../../../src/learning/subject/own/ownLoss.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** log(predictions) + targets, or log(|predictions|) + targets. */
function graphOf(isSafe: boolean): TracedGraph {
  const size = { name: "size", op: "Abs", inputs: ["p:0"], attrs: {} };
  return {
    inputs: [
      { name: "y:0", dtype: "float32", shape: [null, 1] },
      { name: "p:0", dtype: "float32", shape: [null, 1] },
    ],
    outputs: ["sum:0"],
    shapes: [[null, 1]],
    nodes: [
      { name: "y", op: "Placeholder", inputs: [], attrs: {} },
      { name: "p", op: "Placeholder", inputs: [], attrs: {} },
      size,
      { name: "log", op: "Log", inputs: [isSafe ? "size:0" : "p:0"], attrs: {} },
      { name: "sum", op: "AddV2", inputs: ["log:0", "y:0"], attrs: {} },
    ],
    updates: [],
  };
}

const found = (isSafe: boolean, predictions: readonly number[]) =>
  findOutsideLogarithm(
    ownLoss("subject", tracedLoss(graphOf(isSafe), false)),
    predictions.map(() => 1),
    predictions,
  );

test("names the negative number inside the loss", () => {
  expect(found(false, [0.5, -0.25, -3])).toEqual({ of: "number inside the loss", index: 1, value: -0.25 });
});

test("names a 0, whose logarithm is infinite, where no number is negative", () => {
  expect(found(false, [0.5, 0, 2])).toMatchObject({ index: 1, value: 0 });
  expect(found(false, [0.5, 0, -2])).toMatchObject({ index: 2, value: -2 });
});

test("finds nothing where every number has a logarithm", () => {
  expect(found(false, [0.5, 2])).toBeNull();
  expect(found(true, [0.5, -0.25])).toBeNull();
});
