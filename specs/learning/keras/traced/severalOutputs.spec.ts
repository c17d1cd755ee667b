import { serialization } from "@tensorflow/tfjs-core";
import { input, type layers, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { expect, test } from "vitest";
import type { TracedLayerConfig } from "../../../../src/learning/keras/traced/tracedGraph.ts";
import { asText } from "../../../../src/learning/keras/traced/tracedText.ts";
import "../../../../src/learning/keras/traced/tracedLayer.ts";

/** A traced layer that hands on its first inputs. */
function applied(outputs: number): unknown {
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
  const ends = names.map(() => input({ shape: [2] }));
  return new Layer({ name: `handed-${outputs}`, traced: asText(traced) }).apply(ends);
}

test("a traced layer may have several outputs, each without a mask", () => {
  expect((applied(2) as SymbolicTensor[]).map(({ shape }) => shape)).toEqual([
    [null, 2],
    [null, 2],
  ]);
  expect((applied(1) as SymbolicTensor).shape).toEqual([null, 2]);
});
