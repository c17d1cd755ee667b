import { expect, test } from "vitest";
import { lastActivation } from "../../../../src/learning/keras/traced/lastActivation.ts";
import type { TracedGraph } from "../../../../src/learning/keras/traced/tracedGraph.ts";

/** A function of nodes written as `name: Operation of inputs`; its last node is its output. */
function graph(...written: readonly string[]): TracedGraph {
  const nodes = written.map((line) => {
    const [name = "", op = "", ...inputs] = line.split(/: | of | /).filter((word) => word !== "");
    return { name, op, inputs: inputs.map((input) => `${input}:0`), attrs: {} };
  });
  return {
    inputs: [{ name: "x:0", dtype: "float32", shape: [null, 2] }],
    outputs: [`${nodes.at(-1)?.name}:0`],
    shapes: [[null, 1]],
    nodes,
    updates: [],
  };
}

const dense = ["w: ReadVariableOp", "m: MatMul of x w", "b: ReadVariableOp", "d: AddV2 of m b"];

test.each([
  ["sigmoid", [...dense, "s: Sigmoid of d"]],
  ["softmax", [...dense, "s: Softmax of d", "r: Reshape of s"]],
  ["linear", dense],
  ["linear", ["u: GatherV2 of x", "v: GatherV2 of x", "p: Mul of u v", "t: Sum of p", "a: AddV2 of t u"]],
] as const)("an own model's outputs pass %s last", (activation, nodes) => {
  expect(lastActivation(graph(...nodes))).toBe(activation);
});

test.each([
  ["a sigmoid written out", [...dense, "n: Neg of d", "e: Exp of n", "a: AddV2 of c e", "r: RealDiv of c a"]],
  ["the other probability", [...dense, "c: Const", "s: Sigmoid of d", "o: Sub of c s"]],
  ["a mixture of probabilities", [...dense, "s: Sigmoid of d", "g: Mul of s x", "t: Sum of g"]],
] as const)("nothing is claimed of %s", (_, nodes) => {
  expect(lastActivation(graph(...nodes))).toBeNull();
});
