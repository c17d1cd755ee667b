import { serialization } from "@tensorflow/tfjs-core";
import { input, type layers, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import type { TracedGraph, TracedLayerConfig } from "../../../../src/learning/keras/traced/tracedGraph.ts";
import { asText } from "../../../../src/learning/keras/traced/tracedText.ts";
import { createCriterion } from "../../../../src/learning/loss/criterion.ts";
import { measureBatchStatistics } from "../../../../src/learning/training/batchStatistics.ts";
import "../../../../src/learning/keras/traced/tracedLayer.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const node = (name: string, op: string, ...inputs: string[]) => ({ name, op, inputs, attrs: {} });

/** A layer that takes a mean from its input: in training that of the batch, which it keeps, and in evaluation the kept one. */
function centred({ keeps, draws }: { readonly keeps: boolean; readonly draws: boolean }) {
  const graph = (ofBatch: boolean): TracedGraph => ({
    inputs: [{ name: "x:0", dtype: "float32", shape: [null, 1] }],
    outputs: ["out:0"],
    shapes: [[null, 1]],
    nodes: [
      node("x", "Placeholder"),
      { ...node("axis", "Const"), value: { shape: [1], values: [0], dtype: "int32" } },
      { ...node("kept", "ReadVariableOp"), variable: 0 },
      node("mean", "Mean", "x:0", "axis:0"),
      ...(draws ? [node("drawn", "RandomUniform", "axis:0")] : []),
      node("out", "Sub", "x:0", ofBatch ? "mean:0" : "kept:0"),
    ],
    updates: ofBatch && keeps ? [{ variable: 0, value: "mean:0" }] : [],
  });
  const traced: TracedLayerConfig = {
    weights: [{ name: "kept", shape: [1], trainable: false }],
    passes_mask: false,
    training: graph(true),
    evaluation: graph(false),
  };
  const [kind] = serialization.SerializationMap.getMap().classNameMap.TracedLayer ?? [];
  const Layer = kind as unknown as new (config: object) => layers.Layer;
  const start = input({ shape: [1] });
  const end = new Layer({ name: `centred-${keeps}-${draws}`, traced: asText(traced) }).apply(start);
  return model({ inputs: start, outputs: end as SymbolicTensor });
}

const examples = {
  count: 4,
  inputShape: [1],
  outputs: 1,
  inputs: Float32Array.of(9, 10, 11, 12),
  targets: Float32Array.of(-1.5, -0.5, 0.5, 1.5),
};

async function measured(of: Parameters<typeof centred>[0]) {
  const made = centred(of);
  try {
    return await measureBatchStatistics(made, examples, createCriterion({ name: "mse" }));
  } finally {
    made.dispose();
  }
}

test("a layer of the program's own that keeps a mean of its batches is measured with both means", async () => {
  const { withOwn = 1, withAverages = 0 } = (await measured({ keeps: true, draws: false })) ?? {};

  expect(withOwn).toBeCloseTo(0, 5);
  expect(withAverages).toBeGreaterThan(1);
});

test.each([
  { keeps: false, draws: false },
  { keeps: true, draws: true },
])("one that keeps nothing, or draws at random, is not: %j", async (of) => {
  expect(await measured(of)).toBeNull();
});
