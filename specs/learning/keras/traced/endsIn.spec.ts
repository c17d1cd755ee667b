import { memory, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { EndActivation } from "../../../../src/learning/keras/traced/graphChanges.ts";
import { runGraph } from "../../../../src/learning/keras/traced/runGraph.ts";
import type { TracedGraph } from "../../../../src/learning/keras/traced/tracedGraph.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(() => startEngineUnderTest());

/** A product of x and a weight, which passes `last` and is then handed on under another name. */
function graph(last?: string): TracedGraph {
  const node = (name: string, op: string, ...inputs: string[]) => ({
    name,
    op,
    inputs: inputs.map((input) => `${input}:0`),
    attrs: {},
  });
  return {
    inputs: [{ name: "x:0", dtype: "float32", shape: [null, 1] }],
    outputs: ["out:0"],
    shapes: [[null, 2]],
    nodes: [
      node("x", "Placeholder"),
      { ...node("w", "ReadVariableOp"), variable: 0 },
      node("m", "MatMul", "x", "w"),
      ...(last ? [node("s", last, "m")] : []),
      node("out", "Identity", last ? "s" : "m"),
    ],
    updates: [],
  };
}

const run = (last?: string, endsIn?: EndActivation) =>
  tidy(() => {
    const given = runGraph(graph(last), [tensor2d([[1]])], [tensor2d([[2, -1]])], endsIn ? { endsIn } : {});
    return [...(given.outputs[0]?.dataSync() ?? [])].map((number) => Number(number.toFixed(4)));
  });

test.each([
  ["Relu", undefined, [2, 0]],
  ["Relu", "linear", [2, -1]],
  ["Softmax", "linear", [2, -1]],
  ["Sigmoid", "tanh", [0.964, -0.7616]],
  [undefined, "sigmoid", [0.8808, 0.2689]],
  [undefined, undefined, [2, -1]],
] as const)(
  "an own model that ends in %s gives with %s what that activation gives",
  (last, endsIn, expected) => {
    const before = memory().numTensors;

    expect(run(last, endsIn)).toEqual(expected);
    expect(memory().numTensors).toBe(before);
  },
);
