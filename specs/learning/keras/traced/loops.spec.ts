// Loops of TensorFlow, computed round by round.

import { grad, log, mul, sum, type Tensor, tensor1d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { shieldedLog } from "../../../../src/learning/keras/traced/operations/arithmetic.ts";
import { runGraph, unknownOperations } from "../../../../src/learning/keras/traced/runGraph.ts";
import type { TracedGraph } from "../../../../src/learning/keras/traced/tracedGraph.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const input = { name: "n0:0", dtype: "float32", shape: [null] };
const given = { name: "n0", op: "Placeholder", inputs: [], attrs: {} };
const constant = (name: string, values: readonly number[]) => ({
  ...{ name, op: "Const", inputs: [], attrs: {} },
  value: { shape: [], values, dtype: "float32" },
});

function graphOf(nodes: TracedGraph["nodes"], output: string): TracedGraph {
  return { inputs: [input], outputs: [output], shapes: [[null]], nodes: [given, ...nodes], updates: [] };
}

/** Doubles what it is given as long as a graph says so. */
function doubling(cond: TracedGraph, op = "Mul"): TracedGraph {
  const twice = { name: "n2", op, inputs: ["n0:0", "n1:0"], attrs: {} };
  const body = graphOf([constant("n1", [2]), twice], "n2:0");
  return graphOf([{ name: "n1", op: "While", inputs: ["n0:0"], attrs: {}, cond, body }], "n1:0");
}

const sumIsBelow = (bound: number) =>
  graphOf(
    [
      { ...constant("n1", [0]), value: { shape: [1], values: [0], dtype: "int32" } },
      { name: "n2", op: "Sum", inputs: ["n0:0", "n1:0"], attrs: {} },
      constant("n3", [bound]),
      { name: "n4", op: "Less", inputs: ["n2:0", "n3:0"], attrs: {} },
    ],
    "n4:0",
  );

test("a loop goes round as long as its numbers tell, and has a gradient", () => {
  const [value, slope] = tidy(() => {
    const graph = doubling(sumIsBelow(20));
    const whole = (x: Tensor) => sum(runGraph(graph, [x]).outputs[0] as Tensor);
    const x = tensor1d([1, 2]);
    return [[...whole(x).dataSync()], [...grad(whole)(x).dataSync()]];
  });

  expect(value).toEqual([24]);
  expect(slope).toEqual([8, 8]);
});

test("a loop without an end is an error", () => {
  const endless = doubling(graphOf([constant("n1", [1])], "n1:0"), "Minimum");

  expect(() => tidy(() => runGraph(endless, [tensor1d([1])]).outputs.length)).toThrow("goes round more than");
});

test("an operation within a loop that is not known is told", () => {
  expect(unknownOperations(doubling(sumIsBelow(20)))).toEqual([]);
  expect(unknownOperations(doubling(sumIsBelow(20), "Lgamma"))).toEqual(["Lgamma"]);
});

test("a logarithm of 0 within a function with its own gradient hands nothing back where nobody asks", () => {
  const slopes = (logarithm: (x: Tensor) => Tensor) =>
    tidy(() => [
      ...grad((x: Tensor) => sum(mul(tensor1d([0, 1]), logarithm(x))))(tensor1d([0, 2])).dataSync(),
    ]);
  const plainly = slopes(log);

  expect(slopes(shieldedLog as (x: Tensor) => Tensor)).toEqual([0, 0.5]);
  expect(plainly[0]).toBeNaN();
});
