import { serialization } from "@tensorflow/tfjs-core";
import { input, layers, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { rework } from "../../../../src/learning/config/reworkSchema.ts";
import type { TracedLayerConfig } from "../../../../src/learning/keras/traced/tracedGraph.ts";
import { asText } from "../../../../src/learning/keras/traced/tracedText.ts";
import { rebuild } from "../../../../src/learning/subject/topology.ts";
import "../../../../src/learning/keras/traced/tracedLayer.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

/** Applies a traced layer that hands on its first inputs, each of two numbers. */
function applied(outputs: number, ends = [2, 2].map((side) => input({ shape: [side] }))): unknown {
  const names = ["a:0", "b:0"];
  const traced: TracedLayerConfig = {
    weights: [],
    passes_mask: false,
    training: {
      inputs: names.map((name) => ({ name, dtype: "float32", shape: [null, 2] })),
      outputs: names.slice(0, outputs),
      shapes: names.slice(0, outputs).map(() => [null, 2]),
      nodes: [],
      updates: [],
    },
  };
  const [kind] = serialization.SerializationMap.getMap().classNameMap.TracedLayer ?? [];
  const Layer = kind as unknown as new (config: object) => layers.Layer;
  return new Layer({ name: `handed-${outputs}`, traced: asText(traced) }).apply(ends);
}

beforeAll(async () => {
  await startEngineUnderTest();
});

test("a traced layer may have several outputs, each without a mask", () => {
  expect((applied(2) as SymbolicTensor[]).map(({ shape }) => shape)).toEqual([
    [null, 2],
    [null, 2],
  ]);
  expect((applied(1) as SymbolicTensor).shape).toEqual([null, 2]);
});

test("a traced layer takes inputs of the shapes that it was captured with alone", () => {
  const wide = [4, 2].map((side) => input({ shape: [side] }));
  expect(() => applied(1, wide)).toThrow("captured for inputs of other shapes: [[null,2],[null,2]]");
});

test("a layer before a traced one keeps its width, and others are widened", async () => {
  const start = input({ shape: [3] });
  const first = layers.dense({ units: 5, name: "free" }).apply(start) as SymbolicTensor;
  const pair = ["left", "right"].map((name) => {
    const narrow = layers.dense({ units: 2, name }).apply(first) as SymbolicTensor;
    return layers.reLU({ name: `${name}-bent` }).apply(narrow) as SymbolicTensor;
  });
  const end = layers.dense({ units: 1, name: "end" }).apply(applied(1, pair) as SymbolicTensor);
  const narrow = model({ inputs: start, outputs: end as SymbolicTensor });

  const wide = await rebuild(narrow, rework.parse({ width: 2 }));

  const units = ["free", "left", "right", "end"].map((name) => wide.getLayer(name).getConfig().units);
  expect(units).toEqual([10, 2, 2, 1]);
  narrow.dispose();
  wide.dispose();
});
