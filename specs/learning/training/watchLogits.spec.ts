import { dispose, memory, serialization, tensor2d } from "@tensorflow/tfjs-core";
import {
  initializers,
  type LayersModel,
  layers,
  model as modelOf,
  sequential,
} from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import "../../../src/learning/keras/traced/tracedLayer.ts";
import { asText } from "../../../src/learning/keras/traced/tracedText.ts";
import { createCriterion } from "../../../src/learning/loss/criterion.ts";
import { planGradients, trainableVariables } from "../../../src/learning/training/gradients.ts";

/** The logit of every answer: in float32 its probability is exactly 1. */
const LOGIT = 50;
/** Two examples of one input of 1, whose right answer is 0. */
const BATCH = {
  count: 2,
  inputShape: [1],
  outputs: 1,
  inputs: Float32Array.of(1, 1),
  targets: Float32Array.of(0, 0),
};

const sure = () => ({
  units: 1,
  kernelInitializer: "zeros" as const,
  biasInitializer: initializers.constant({ value: LOGIT }),
});

const MODELS: readonly (readonly [string, () => LayersModel])[] = [
  [
    "a dense layer",
    () => sequential({ layers: [layers.dense({ ...sure(), activation: "sigmoid", inputShape: [1] })] }),
  ],
  [
    "a layer of its own",
    () =>
      sequential({
        layers: [layers.dense({ ...sure(), inputShape: [1] }), layers.activation({ activation: "sigmoid" })],
      }),
  ],
  [
    "a model within a model",
    () =>
      sequential({
        layers: [
          sequential({ layers: [layers.dense({ ...sure(), activation: "sigmoid", inputShape: [1] })] }),
        ],
      }),
  ],
  ["a layer that Python wrote", tracedModel],
];

/** The same by the operations that a function of the program is made of. */
function tracedModel(): LayersModel {
  const graph = {
    inputs: [{ name: "x", dtype: "float32", shape: [null, 1] }],
    outputs: ["handed:0"],
    shapes: [[null, 1]],
    nodes: [
      { name: "x", op: "Placeholder", inputs: [], attrs: {} },
      { name: "p", op: "Sigmoid", inputs: ["x:0"], attrs: {} },
      { name: "handed", op: "Identity", inputs: ["p:0"], attrs: {} },
    ],
    updates: [],
  };
  const traced = asText({ weights: [], passes_mask: false, training: graph } as never);
  const input = layers.dense({ ...sure(), inputShape: [1] });
  const stack = sequential({ layers: [input] });
  const [kind] = serialization.SerializationMap.getMap().classNameMap.TracedLayer ?? [];
  const own = new (kind as unknown as new (config: object) => layers.Layer)({ name: "own", traced });
  const output = own.apply(stack.outputs[0] as never);
  return modelOf({ inputs: stack.inputs, outputs: output as never });
}

/** Runs one pass, and returns the loss and the gradient of the bias. */
async function passOf(build: () => LayersModel, clipped: boolean) {
  const model = build();
  const criterion = createCriterion({ name: "binaryCrossentropy", ...(!clipped && { clipped }) });
  const before = memory().numTensors;
  const { loss, predictions, gradients } = await planGradients(
    model,
    trainableVariables(model),
    criterion,
  )(BATCH);
  const slope = gradients[1]?.dataSync()[0];
  dispose(gradients.filter((gradient) => gradient !== null));
  const left = memory().numTensors - before;
  model.dispose();
  return { loss, predictions: [...predictions], slope, left };
}

beforeAll(async () => {
  await startEngine({ name: "wasm" });
});

describe("a sigmoid that is sure of the wrong answer", () => {
  test.each(MODELS)("is led back by its logits where nothing is clipped: %s", async (_, build) => {
    const { loss, predictions, slope, left } = await passOf(build, false);

    expect(predictions).toEqual([1, 1]);
    expect(loss).toBe(LOGIT);
    expect(slope).toBeCloseTo(1, 6);
    expect(left).toBe(0);
  });

  test.each(MODELS)("has no gradient where its probabilities are clipped, the twin: %s", async (_, build) => {
    const { loss, slope, left } = await passOf(build, true);

    expect(loss).toBeLessThan(17);
    expect(Math.abs(slope ?? 0)).toBe(0);
    expect(left).toBe(0);
  });

  test("keeps its probabilities where it is watched, and no pass runs", () => {
    const model = (MODELS[0] as (typeof MODELS)[number])[1]();
    planGradients(
      model,
      trainableVariables(model),
      createCriterion({ name: "binaryCrossentropy", clipped: false }),
    );
    const before = memory().numTensors;
    const input = tensor2d([[1]]);
    const answer = model.predict(input) as ReturnType<typeof tensor2d>;
    expect([...answer.dataSync()]).toEqual([1]);
    dispose([input, answer]);
    expect(memory().numTensors).toBe(before);
    model.dispose();
  });
});
