// Numbers that a layer of the program's own looks up in a table have no scale.

import { expect, test } from "vitest";
import { looksUp } from "../../../../src/learning/keras/traced/looksUp.ts";
import type { TracedGraph } from "../../../../src/learning/keras/traced/tracedGraph.ts";

type Node = readonly [name: string, op: string, ...inputs: string[]];

function graph(...nodes: Node[]): TracedGraph {
  return {
    inputs: [{ name: "x:0", dtype: "float32", shape: [null, 4] }],
    outputs: [`${(nodes.at(-1) as Node)[0]}:0`],
    shapes: [null],
    nodes: nodes.map(([name, op, ...inputs]) => ({
      name,
      op,
      inputs: inputs.map((one) => `${one}:0`),
      attrs: {},
    })),
    updates: [],
  };
}

const placeholder: Node = ["x", "Placeholder"];
const tables: Node[] = [
  ["table", "ReadVariableOp"],
  ["other", "ReadVariableOp"],
];

test("a layer that gathers rows by its input, and adds those of the places, looks it up", () => {
  const nodes: Node[] = [
    ["code", "Cast", "x"],
    ["below", "Less", "code", "zero"],
    ["shifted", "AddV2", "code", "size"],
    ["wrapped", "SelectV2", "below", "shifted", "code"],
    ["row", "GatherV2", "table", "wrapped", "axis"],
    ["sum", "AddV2", "row", "other"],
  ];
  expect(looksUp(graph(placeholder, ...tables, ...nodes))).toBe(true);
});

test("a layer that also multiplies its input, or only takes a part of it, does not: the twins", () => {
  const both: Node[] = [
    ["row", "GatherV2", "table", "x", "axis"],
    ["product", "Mul", "x", "other"],
    ["sum", "AddV2", "row", "product"],
  ];
  expect(looksUp(graph(placeholder, ...tables, ...both))).toBe(false);
  expect(looksUp(graph(placeholder, ...tables, ["part", "GatherV2", "x", "places", "axis"]))).toBe(false);
  expect(looksUp(graph(placeholder, ...tables, ["product", "MatMul", "x", "table"]))).toBe(false);
});
