import {
  input,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
  sequential,
} from "@tensorflow/tfjs-layers";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { rework as reworkSchema } from "../../../src/learning/config/reworkSchema.ts";
import { isReworked, rebuild } from "../../../src/learning/subject/topology.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

const built: LayersModel[] = [];
afterEach(() => {
  for (const model of built.splice(0)) model.dispose();
});
beforeAll(async () => {
  await startEngineUnderTest();
});

function pictureModel(): LayersModel {
  const model = sequential({
    layers: [
      layers.conv2d({ inputShape: [6, 6, 1], filters: 4, kernelSize: 3, name: "conv" }),
      layers.leakyReLU({ name: "bend" }),
      layers.flatten({ name: "flat" }),
      layers.dropout({ rate: 0.5, name: "drop" }),
      layers.dense({ units: 6, activation: "relu", name: "hidden" }),
      layers.dense({ units: 2, useBias: false, name: "output" }),
      layers.activation({ activation: "sigmoid", name: "head" }),
    ],
  });
  built.push(model);
  return model;
}

async function reworked(changes: object, model = pictureModel()): Promise<LayersModel> {
  const changed = await rebuild(model, reworkSchema.parse(changes));
  built.push(changed);
  return changed;
}

function settings(model: LayersModel, setting: string): Record<string, unknown> {
  const found = model.layers.map(({ name, getConfig }, place) => [
    name,
    getConfig.call(model.layers[place])[setting],
  ]);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

describe("a model built by others", () => {
  test("is left alone unless something is asked for", () => {
    expect(isReworked(reworkSchema.parse({}))).toBe(false);
    expect(isReworked(reworkSchema.parse({ dropout: 0 }))).toBe(true);
  });

  test("draws a table of embeddings by another initializer where it starts alike for every code, and no other one", async () => {
    const initializerOf = async (embeddingsInitializer: "zeros" | "randomUniform") => {
      const table = sequential({
        layers: [
          layers.embedding({
            inputDim: 4,
            outputDim: 2,
            inputLength: 3,
            embeddingsInitializer,
            name: "table",
          }),
        ],
      });
      built.push(table);
      const changed = await reworked({ kernelInitializer: "glorotNormal" }, table);
      return settings(changed, "embeddingsInitializer").table;
    };

    expect(await initializerOf("zeros")).toMatchObject({ className: "VarianceScaling" });
    expect(await initializerOf("randomUniform")).toMatchObject({ className: "RandomUniform" });
  });

  test("keeps the width of what is added to an input, and widens what is inside the block", async () => {
    const given = input({ shape: [4] });
    const inside = layers.dense({ units: 8, activation: "relu", name: "inside" }).apply(given);
    const back = layers.dense({ units: 4, name: "back" }).apply(inside) as SymbolicTensor;
    const sum = layers.add().apply([given, back]) as SymbolicTensor;
    const [left, right] = ["left", "right"].map(
      (name) => layers.dense({ units: 6, activation: "tanh", name }).apply(sum) as SymbolicTensor,
    ) as [SymbolicTensor, SymbolicTensor];
    const both = layers.add().apply([left, right]);
    const outputs = layers.dense({ units: 1, name: "output" }).apply(both) as SymbolicTensor;
    const residual = model({ inputs: given, outputs });
    built.push(residual);

    const changed = await reworked({ width: 2 }, residual);

    expect(settings(changed, "units")).toEqual({ inside: 16, back: 4, left: 12, right: 12, output: 1 });
  });

  test("changes the layer that another one applies to every step, and the activation behind it", async () => {
    const steps = sequential({
      layers: [
        layers.timeDistributed({ layer: layers.dense({ units: 4, activation: "tanh" }), inputShape: [5, 3] }),
        layers.timeDistributed({ layer: layers.dense({ units: 2 }) }),
        layers.softmax({ axis: 1, name: "overSteps" }),
      ],
    });
    built.push(steps);

    const changed = await reworked({ width: 2, outputActivation: "softmax" }, steps);

    const inner = changed.layers.flatMap((layer) => {
      const { layer: applied } = layer as { layer?: { getConfig(): Record<string, unknown> } };
      return applied ? [applied.getConfig()] : [];
    });
    expect(inner.map(({ units }) => units)).toEqual([8, 2]);
    expect(inner[1]?.activation).toBe("softmax");
    expect(settings(changed, "activation").overSteps).toBe("linear");
  });

  test("is widened in every layer but the last", async () => {
    const wide = await reworked({ width: 2 });

    expect(settings(wide, "filters")).toEqual({ conv: 8 });
    expect(settings(wide, "units")).toEqual({ hidden: 12, output: 2 });
  });

  test("is deepened behind its last hidden dense layer", async () => {
    const deep = await reworked({ layers: 2 });

    expect(settings(deep, "units")).toEqual({ hidden: 6, "hidden-2": 6, "hidden-3": 6, output: 2 });
  });

  test("is given another activation in its hidden layers, or at its end", async () => {
    const hidden = await reworked({ activation: "tanh" });
    const end = await reworked({ outputActivation: "softmax" });

    expect(settings(hidden, "activation")).toEqual({
      conv: "linear",
      bend: "tanh",
      hidden: "tanh",
      output: "linear",
      head: "sigmoid",
    });
    expect(settings(end, "activation")).toMatchObject({ hidden: "relu", output: "softmax", head: "linear" });
  });

  test("is bent in every hidden layer where nothing bends it", async () => {
    const straight = sequential({
      layers: [
        layers.dense({ inputShape: [2], units: 3, name: "hidden" }),
        layers.dense({ units: 1, name: "output" }),
      ],
    });
    built.push(straight);

    const bent = await reworked({ activation: "relu" }, straight);

    expect(settings(bent, "activation")).toEqual({ hidden: "relu", output: "linear" });
  });

  test("is given biases, dropout, a penalty and an initializer", async () => {
    const changed = await reworked({ useBias: true, dropout: 0.1, l2: 0.01, kernelInitializer: "heNormal" });

    expect(settings(changed, "useBias")).toEqual({ conv: true, hidden: true, output: true });
    expect(settings(changed, "rate")).toEqual({ drop: 0.1 });
    expect(settings(changed, "kernelRegularizer").hidden).toMatchObject({ className: "L1L2" });
    expect(settings(changed, "kernelInitializer").conv).toMatchObject({ config: { scale: 2 } });
  });

  test("drops nothing at a rate of 0, whatever kind of layer drops or adds noise", async () => {
    const noisy = () => {
      const model = sequential({
        layers: [
          layers.gaussianNoise({ inputShape: [5, 3], stddev: 0.4, name: "noise" }),
          layers.alphaDropout({ rate: 0.3, name: "alpha" }),
          layers.gru({ units: 4, dropout: 0.2, recurrentDropout: 0.1, name: "gru" }),
          layers.gaussianDropout({ rate: 0.6, name: "gaussian" }),
          layers.dense({ units: 1 }),
        ],
      });
      built.push(model);
      return model;
    };
    const without = await reworked({ dropout: 0 }, noisy());
    const less = await reworked({ dropout: 0.1 }, noisy());

    expect(settings(without, "rate")).toEqual({ alpha: 0, gaussian: 0 });
    expect(settings(without, "stddev")).toEqual({ noise: 0 });
    expect(settings(without, "dropout")).toEqual({ gru: 0 });
    expect(settings(without, "recurrentDropout")).toEqual({ gru: 0 });
    expect(settings(less, "rate")).toEqual({ alpha: 0.1, gaussian: 0.1 });
    expect(settings(less, "stddev")).toEqual({ noise: 0.4 });
  });

  test("is refused where TensorFlow.js could not build it again", async () => {
    const graph = pictureModel();
    await expect(reworked({ layers: 1 }, await reworked({ width: 0.5 }, graph))).resolves.toBeDefined();

    const convolutions = sequential({
      layers: [
        layers.conv2d({ inputShape: [6, 6, 1], filters: 4, kernelSize: 3 }),
        layers.flatten(),
        layers.dense({ units: 1 }),
      ],
    });
    built.push(convolutions);
    await expect(reworked({ layers: 1 }, convolutions)).rejects.toThrow("rework.layers: must be 0");
  });

  test("without any hidden layer is given new ones, in a chain and in a graph", async () => {
    const chain = sequential({ layers: [layers.dense({ inputShape: [2], units: 1, name: "output" })] });
    const given = input({ shape: [2], name: "given" });
    const output = layers.dense({ units: 1, name: "output" }).apply(given) as SymbolicTensor;
    const graph = model({ inputs: given, outputs: output });
    built.push(chain, graph);

    for (const flat of [chain, graph]) {
      const deeper = await reworked({ layers: 2 }, flat);
      expect(settings(deeper, "units")).toEqual({
        "output-hidden-1": 16,
        "output-hidden-2": 16,
        output: 1,
      });
      expect(settings(deeper, "activation").output).toBe("linear");
      expect(deeper.outputs[0]?.shape).toEqual([null, 1]);
    }
  });

  test("with several outputs is widened in its hidden layers alone, wherever they stand in the list", async () => {
    const given = input({ shape: [2], name: "given" });
    const hidden = layers.dense({ units: 6, activation: "relu", name: "hidden" }).apply(given);
    const side = layers.dense({ units: 4, activation: "relu", name: "side" }).apply(hidden);
    const outputs = [
      layers.dense({ units: 1, name: "price" }).apply(hidden) as SymbolicTensor,
      layers
        .activation({ activation: "softmax", name: "kind" })
        .apply(layers.dense({ units: 3, name: "scores" }).apply(side)) as SymbolicTensor,
    ];
    const graph = model({ inputs: given, outputs });
    built.push(graph);

    const wide = await reworked({ width: 2, activation: "tanh" }, graph);

    expect(settings(wide, "units")).toEqual({ hidden: 12, side: 8, price: 1, scores: 3 });
    expect(settings(wide, "activation")).toMatchObject({ hidden: "tanh", side: "tanh", price: "linear" });
    await expect(reworked({ outputActivation: "relu" }, graph)).rejects.toThrow("rework.outputActivation");
  });
});
