import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dispose, memory, tensor } from "@tensorflow/tfjs-core";
import {
  initializers,
  input,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
  sequential,
} from "@tensorflow/tfjs-layers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSavedModel } from "../../../src/foundation/savedModel/savedModelFile.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { Config, SavedModelConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { loadSavedModel } from "../../../src/learning/subject/foreignModel.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { changed, disposeWhole, savedOf, writeModel } from "../../foundation/savedModel/saveModel.ts";

let folder: string;
beforeAll(async () => {
  await startEngineUnderTest();
  folder = mkdtempSync(join(tmpdir(), "learnproof-saved-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const load = (file: string, initialWeights: "drawn" | "saved") =>
  loadSavedModel({ file, sha256: readSavedModel(file).sha256, initialWeights });

const configOf = (file: string, initialWeights = "drawn", more: object = {}): Record<string, unknown> => ({
  subject: "saved-model",
  model: { file, initialWeights },
  data: { file: "fixtures/tables/houses.csv", targets: ["price"], inputs: ["rooms", "age", "garden"] },
  training: { steps: 5 },
  ...more,
});

async function weightsOf(config: Record<string, unknown>): Promise<number[]> {
  const built = await (await createSubject(parseConfig(config))).buildModel(1);
  const numbers = built.getWeights().flatMap((weight) => [...weight.dataSync()]);
  built.dispose();
  return numbers;
}

async function save(name: string, built: LayersModel): Promise<string> {
  const { json, data } = await savedOf(built);
  return writeModel(join(folder, name), json, { "weights.bin": data });
}

describe("a model that Keras 3 wrote", () => {
  // Made by Keras 3.15 itself, which also made the predictions.
  test.each(["keras-3-sequential", "keras-3-functional"])(
    "predicts what it predicts there: %s",
    async (name) => {
      const path = `fixtures/models/${name}`;
      const { inputs, outputs } = JSON.parse(readFileSync(`${path}/predictions.json`, "utf8")) as {
        inputs: number[][];
        outputs: number[][];
      };
      const built = await load(`${path}/model.json`, "saved");
      const batch = tensor(inputs);
      const predicted = built.predict(batch) as typeof batch;

      (predicted.arraySync() as number[][]).forEach(([value], row) => {
        expect(value).toBeCloseTo(outputs[row]?.[0] as number, 5);
      });
      expect(built.getWeights().length).toBe(8);
      disposeWhole(built);
      dispose([batch, predicted]);
    },
  );

  test("is a subject like any other", async () => {
    const config = configOf("fixtures/models/keras-3-sequential/model.json");

    expect(await weightsOf(config)).toEqual(await weightsOf(config));
    expect(
      await weightsOf({ ...config, model: { ...(config.model as object), initialWeights: "saved" } }),
    ).not.toEqual(await weightsOf(config));
  });
});

describe("a model within a model", () => {
  // As Teachable Machine writes its image models: a chain of two chains, the first around a graph.
  test("is loaded with its weights, or with fresh ones", async () => {
    const picture = input({ shape: [4, 4, 1] });
    const features = layers
      .conv2d({ filters: 2, kernelSize: 3, name: "conv" })
      .apply(picture) as SymbolicTensor;
    const base = sequential({ layers: [model({ inputs: picture, outputs: features }), layers.flatten()] });
    const head = sequential({
      layers: [layers.dense({ units: 2, inputShape: [8], activation: "softmax", name: "last" })],
    });
    const built = sequential({ layers: [base, head] });
    const weights = built.getWeights().map((weight) => [...weight.dataSync()]);
    const file = await save("teachable", built);

    const kept = await load(file, "saved");
    const drawn = await load(file, "drawn");

    expect(kept.getWeights().map((weight) => [...weight.dataSync()])).toEqual(weights);
    expect(drawn.getWeights().map((weight) => [...weight.dataSync()])).not.toEqual(weights);
    expect(drawn.getWeights().map(({ shape }) => shape)).toEqual(kept.getWeights().map(({ shape }) => shape));
    disposeWhole(kept);
    disposeWhole(drawn);
  });
});

describe("weights that are drawn", () => {
  test.each([
    ["biases that start at zero", () => [layers.dense({ units: 1, inputShape: [3] })]],
    [
      "an initializer with a seed",
      () => [
        layers.dense({
          units: 1,
          inputShape: [3],
          kernelInitializer: initializers.glorotUniform({ seed: 7 }),
        }),
      ],
    ],
    [
      "constant and identity initializers",
      () => [
        layers.dense({ units: 3, inputShape: [3], kernelInitializer: "identity", biasInitializer: "ones" }),
        layers.dense({ units: 1, kernelInitializer: initializers.constant({ value: 0.3 }) }),
      ],
    ],
    [
      "batch normalisation",
      () => [
        layers.dense({ units: 4, inputShape: [3] }),
        layers.batchNormalization(),
        layers.dense({ units: 1 }),
      ],
    ],
  ])("depend on topology and seed alone, not on what was saved: %s", async (name, parts) => {
    const digests = [];
    for (const value of [0.5, 3.5]) {
      const built = sequential({ layers: parts() });
      const values = built.getWeights().map(({ shape, size }) => tensor(Array(size).fill(value), shape));
      built.setWeights(values);
      dispose(values);
      const file = await save(`${name} ${value}`, built);
      digests.push([await weightsOf(configOf(file)), await weightsOf(configOf(file, "saved"))]);
    }

    expect(digests[0]?.[0]).toEqual(digests[1]?.[0]);
    expect(digests[0]?.[1]).not.toEqual(digests[1]?.[1]);
  });

  test("are all that a topology without weights can start from", async () => {
    const { json } = await savedOf(sequential({ layers: [layers.dense({ units: 1, inputShape: [3] })] }));
    const file = writeModel(join(folder, "alone"), changed(json, ["weightsManifest"], undefined));

    expect(await weightsOf(configOf(file))).toHaveLength(4);
    await expect(weightsOf(configOf(file, "saved"))).rejects.toThrow('model.initialWeights: must be "drawn"');
  });
});

describe("a model that is measured", () => {
  test("is refused where it changes meanwhile: what is trained on is what was hashed", async () => {
    const build = () => sequential({ layers: [layers.dense({ units: 1, inputShape: [3] })] });
    const file = await save("changing", build());
    const subject = await createSubject(parseConfig(configOf(file)));
    (await subject.buildModel(1)).dispose();
    const before = readFileSync(file);

    writeFileSync(file, `${before}\n`);
    await expect(Promise.resolve(subject.buildModel(2))).rejects.toThrow(
      "model.file: changed while it was measured",
    );
    writeFileSync(file, before);
    (await subject.buildModel(2)).dispose();
  });

  test("is refused where a step of it would not fit in memory", async () => {
    const wide = [
      layers.dense({ units: 5500, inputShape: [3], kernelInitializer: "zeros" }),
      layers.dense({ units: 5500, kernelInitializer: "zeros" }),
      layers.dense({ units: 1, kernelInitializer: "zeros" }),
    ];
    const { json } = await savedOf(sequential({ layers: wide }));
    const file = writeModel(join(folder, "wide"), changed(json, ["weightsManifest"], undefined));
    const build = (name: string) =>
      weightsOf(configOf(file, "drawn", { training: { steps: 1, optimizer: { name } } }));

    await expect(build("adadelta")).rejects.toThrow("weights under adadelta");
  });

  test.each([
    ["a billion inputs", "batch_input_shape", [null, 1e9]],
    ["billions of weights", "units", 100_000],
  ])("is refused before it is built where it has %s", async (_, key, value) => {
    const parts = [
      layers.dense({ units: 4, inputShape: [3] }),
      layers.dense({ units: 40_000, kernelInitializer: "zeros" }),
    ];
    const { json } = await savedOf(sequential({ layers: parts }));
    const changes = changed(json, ["modelTopology", "config", "layers", 0, "config", key], value);
    const file = writeModel(join(folder, key), changed(changes, ["weightsManifest"], undefined));
    const before = memory().numTensors;

    await expect(weightsOf(configOf(file))).rejects.toThrow(
      "model.file: must leave the model at most 50000000 weights",
    );
    expect(memory().numTensors).toBe(before);
  });

  test("is refused where a rework of it asks for more weights than fit", async () => {
    const parts = [
      layers.dense({ units: 16, inputShape: [3] }),
      layers.dense({ units: 16 }),
      layers.dense({ units: 1 }),
    ];
    const file = await save("reworked", sequential({ layers: parts }));

    await expect(weightsOf(configOf(file, "drawn", { rework: { width: 1000 } }))).rejects.toThrow(
      "rework: must leave the model at most 50000000 weights",
    );
    expect(await weightsOf(configOf(file, "drawn", { rework: { width: 2 } }))).toHaveLength(
      32 * 4 + 32 * 33 + 33,
    );
  });

  test("says in words of its own what TensorFlow.js cannot build", async () => {
    const { json, data } = await savedOf(
      sequential({ layers: [layers.dense({ units: 1, inputShape: [3] })] }),
    );
    const unknown = changed(json, ["modelTopology", "config", "layers", 0, "class_name"], "MyAttention");
    const file = writeModel(join(folder, "unknown"), unknown, { "weights.bin": data });
    const config = parseConfig(configOf(file)) as Config & SavedModelConfig;

    await expect(loadSavedModel(config.model)).rejects.toThrow(/can load \(Unknown layer: MyAttention/);
  });

  test("leaves no tensor behind where its weights fit no layer", async () => {
    const { json, data } = await savedOf(
      sequential({ layers: [layers.dense({ units: 1, inputShape: [3] })] }),
    );
    const elsewhere = changed(json, ["weightsManifest", 0, "weights", 0, "name"], "elsewhere/kernel");
    const file = writeModel(join(folder, "elsewhere"), elsewhere, { "weights.bin": data });
    const before = memory().numTensors;

    await expect(load(file, "saved")).rejects.toThrow("elsewhere/kernel");
    expect(memory().numTensors).toBe(before);
  });
});
