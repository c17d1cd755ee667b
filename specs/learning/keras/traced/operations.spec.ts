// Compares the operations that traced Python functions are made of with what TensorFlow computed for them.

import { readFileSync } from "node:fs";
import { grads, mul, reshape, sum, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../../src/learning/engine/startEngine.ts";
import { runGraph, unknownOperations } from "../../../../src/learning/keras/traced/runGraph.ts";
import type { TracedGraph } from "../../../../src/learning/keras/traced/tracedGraph.ts";

interface Table {
  readonly shape: number[];
  readonly values: number[];
}

interface Case {
  readonly name: string;
  readonly graph: TracedGraph;
  readonly inputs: readonly Table[];
  readonly output: Table;
  readonly gradients: readonly Table[];
}

const { cases } = JSON.parse(readFileSync("fixtures/keras/traced.json", "utf8")) as { cases: Case[] };
const TOLERANCE = 2e-5;

/** Largest difference of values and gradients, relative to the largest number of each. */
function differenceOf({ graph, inputs, output, gradients }: Case): number {
  return tidy(() => {
    const given = inputs.map(({ shape, values }) => tensor(values, shape, "float32"));
    const [answer] = runGraph(graph, given).outputs as [Tensor];
    if (String(answer.shape) !== String(output.shape)) return Number.POSITIVE_INFINITY;
    const weighted = (...of: Tensor[]) => {
      const [one] = runGraph(graph, of).outputs as [Tensor];
      const size = Math.max(1, one.size);
      const weights = tensor(Float32Array.from({ length: size }, (_, at) => (at + 1) / size));
      return sum(mul(reshape(one, [size]), weights));
    };
    // Inputs that an output does not depend on have no gradient in TensorFlow.js.
    const connected = (...of: Tensor[]) =>
      of.reduce((total, one) => total.add(sum(mul(0, one))), weighted(...of) as Tensor);
    const slopes = grads(connected as never)(given);
    const pairs: [Table, Tensor][] = [
      [output, answer],
      ...gradients.map((one, at): [Table, Tensor] => [one, slopes[at] as Tensor]),
    ];
    return Math.max(...pairs.map(([wanted, got]) => apart(wanted.values, [...got.dataSync()])));
  });
}

function apart(wanted: readonly number[], got: readonly number[]): number {
  const scale = Math.max(1, ...wanted.map(Math.abs));
  const worst = wanted.map((value, at) => Math.abs(value - (got[at] as number)) / scale);
  return worst.some(Number.isNaN) ? Number.POSITIVE_INFINITY : Math.max(...worst);
}

const named = (name: string) => cases.find((one) => one.name === name) as Case;

describe("operations of traced functions", () => {
  beforeAll(async () => {
    await startEngine({ name: "wasm" });
  });

  it.each(cases.map((one) => [one.name, one] as const))("computes %s as TensorFlow does", (_, one) => {
    expect(unknownOperations(one.graph)).toEqual([]);
    expect(differenceOf(one)).toBeLessThan(TOLERANCE);
  });

  it("tells a wrong constant, a wrong operation and an exchanged input from the right ones", () => {
    const weighted = named("weighted");
    const constants = JSON.parse(JSON.stringify(weighted.graph).replace("[5]", "[4]")) as TracedGraph;
    expect(differenceOf({ ...weighted, graph: constants })).toBeGreaterThan(TOLERANCE);
    const quantile = named("quantile");
    const lowest = JSON.parse(
      JSON.stringify(quantile.graph).replace('"op":"Maximum"', '"op":"Minimum"'),
    ) as TracedGraph;
    expect(differenceOf({ ...quantile, graph: lowest })).toBeGreaterThan(TOLERANCE);
    expect(differenceOf({ ...quantile, inputs: [...quantile.inputs].reverse() })).toBeGreaterThan(TOLERANCE);
  });

  it("names an operation that it does not know", () => {
    const { graph } = named("rmse");
    const nodes = graph.nodes.map((node) => (node.op === "Sqrt" ? { ...node, op: "Lgamma" } : node));
    expect(unknownOperations({ ...graph, nodes })).toEqual(["Lgamma"]);
  });
});
