import { getBackend, memory, randomUniform, setBackend, type Tensor, tensor } from "@tensorflow/tfjs-core";
import { initializers, type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { drawingFrom } from "../../../src/learning/subject/seededRandomness.ts";
import { seedDropout, seedWeights } from "../../../src/learning/subject/seedModel.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { defineProduct, products } from "./ownExamples.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** Fills a weight with what Math.random and TensorFlow.js give, as a user's initializer might. */
const own = () =>
  Object.assign(initializers.zeros(), {
    apply: (shape: number[]): Tensor => randomUniform(shape, 0, Math.random()),
  });

/** A layer that makes its weight when it is constructed, and says nothing of how. */
class Early extends layers.Layer {
  static readonly className = "Early";
  constructor({ from, ...others }: { from?: () => number; name?: string } = {}) {
    super(others);
    if (from) this.addWeight("early", [1], "float32", initializers.constant({ value: from() }));
  }
  override call(inputs: Tensor | Tensor[]): Tensor {
    return ((Array.isArray(inputs) ? inputs[0] : inputs) as Tensor).clone();
  }
}

const builds: [string, () => LayersModel][] = [
  [
    "initializers with a seed",
    () =>
      chain(
        layers.dense({
          units: 3,
          inputShape: [3],
          kernelInitializer: initializers.glorotUniform({ seed: 7 }),
        }),
      ),
  ],
  [
    "biases and batch normalisation",
    () => chain(layers.dense({ units: 3, inputShape: [3] }), layers.batchNormalization()),
  ],
  [
    "constants and identities",
    () =>
      chain(
        layers.dense({ units: 3, inputShape: [3], kernelInitializer: initializers.identity({ gain: 2 }) }),
        layers.dense({ units: 3, kernelInitializer: initializers.constant({ value: 0.5 }) }),
      ),
  ],
  [
    "an initializer of one's own",
    () => chain(layers.dense({ units: 3, inputShape: [3], kernelInitializer: own() })),
  ],
  [
    "recurrent layers in wrappers",
    () =>
      chain(
        layers.bidirectional({
          layer: layers.lstm({ units: 2, returnSequences: true }) as never,
          mergeMode: "concat",
          inputShape: [2, 3],
        }),
        layers.timeDistributed({ layer: layers.dense({ units: 2 }) }),
        layers.prelu({}),
      ),
  ],
];

function chain(...list: layers.Layer[]): LayersModel {
  return sequential({ layers: list });
}

/** The weights of a model after `seedWeights`, from whatever was in them. */
function drawn(build: () => LayersModel, seed: number, filled?: number): number[][] {
  const model = build();
  if (filled !== undefined) {
    const values = model
      .getWeights()
      .map((weight) => tensor(new Float32Array(weight.size).fill(filled), weight.shape));
    model.setWeights(values);
    for (const one of values) one.dispose();
  }
  seedWeights(model, seed);
  const weights = model.getWeights().map((weight) => [...weight.dataSync()]);
  model.dispose();
  return weights;
}

describe("weights that are drawn", () => {
  test.each(builds)("depend on topology and seed alone: %s", (_, build) => {
    const before = memory().numTensors;
    const fresh = drawn(build, 1);

    expect(drawn(build, 1, 0.123)).toEqual(fresh);
    expect(drawn(build, 1, Number.NaN)).toEqual(fresh);
    expect(memory().numTensors).toBe(before);
  });

  test("are as the initializers say", () => {
    const [kernel, bias, gamma, beta, mean, variance] = drawn(builds[1]?.[1] as () => LayersModel, 1, 9);

    expect(new Set(kernel).size).toBe(9);
    expect([bias, gamma, beta, mean, variance]).toEqual(
      [0, 1, 0, 0, 1].map((value) => [value, value, value]),
    );
    expect(drawn(builds[2]?.[1] as () => LayersModel, 1, 9)[0]).toEqual([2, 0, 0, 0, 2, 0, 0, 0, 2]);
  });

  test("are others for another seed, where anything is drawn", () => {
    const [, build] = builds[3] as (typeof builds)[number];

    expect(drawn(build, 2)).not.toEqual(drawn(build, 1));
  });

  test("are refused where a layer made them in its constructor and cannot again", () => {
    const build = () =>
      chain(layers.dense({ units: 1, inputShape: [1] }), new Early({ from: () => 3, name: "early" }));
    const model = build();

    expect(() => seedWeights(model, 1)).toThrow("layer early");
    model.dispose();
  });

  test("leave a layer as it was, states and penalties too", () => {
    const model = chain(
      layers.lstm({ units: 2, stateful: true, batchInputShape: [2, 3, 1] }),
      layers.dense({ units: 1 }),
    );
    const fields = model.layers.map((layer) => Object.keys(layer).sort());

    seedWeights(model, 1);
    model.resetStates();

    expect(model.layers.map((layer) => Object.keys(layer).sort())).toEqual(fields);
    model.resetStates();
    const [lstm] = model.layers as unknown as { states: Tensor[] }[];
    for (const state of lstm?.states ?? []) state.dispose();
    model.dispose();
  });
});

describe("Math.random", () => {
  test("is a stream while layers compute, and itself afterwards, also behind an error", () => {
    const own = Math.random;
    const stream = () => seedStream(1, "spec");

    const draws = [drawingFrom(stream, () => Math.random()), drawingFrom(stream, () => Math.random())];

    expect(draws[0]).toBe(draws[1]);
    expect(() =>
      drawingFrom(stream, () => {
        throw new Error("on purpose");
      }),
    ).toThrow("on purpose");
    expect(Math.random).toBe(own);
  });

  test("makes a mask for all along an axis whose side is 1 in the noise shape, in batches of any size", () => {
    const model = chain(layers.dropout({ rate: 0.5, noiseShape: [8, 1, 16], inputShape: [4, 16] }));
    seedDropout(model, 1);
    const input = tensor(new Float32Array(5 * 4 * 16).fill(1), [5, 4, 16]);

    const output = model.apply(input, { training: true }) as Tensor;
    const rows = output.arraySync() as number[][][];

    for (const one of rows) for (const row of one) expect(row).toEqual(one[0]);
    expect(new Set(rows.flat(2))).toEqual(new Set([0, 2]));
    for (const one of [input, output]) one.dispose();
    model.dispose();
  });
});

describe("the user's code", () => {
  test.each(["buildModel", "examples"] as const)("may not change the engine: %s", async (where) => {
    const started = getBackend();
    const other = started === "cpu" ? "wasm" : "cpu";
    await import("@tensorflow/tfjs-backend-cpu");
    const change = () => void setBackend(other);
    const config = defineProduct({
      ...(where === "buildModel"
        ? {
            buildModel: () => {
              change();
              return chain(layers.dense({ units: 1, inputShape: [2] }));
            },
          }
        : {
            examples: ({ count }: { count: number }) => {
              change();
              return products(count);
            },
            data: { examples: 20 },
          }),
    }).config({ data: {} } as never);
    const run = async () => train(createSubject(parseConfig(config)));

    await expect(run()).rejects.toThrow(new RegExp(`${where}:? must leave the engine as it`));

    expect(getBackend()).toBe(started);
  });
});
