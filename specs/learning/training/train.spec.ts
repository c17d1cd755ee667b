import { scalar } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { engineUnderTest, startEngineUnderTest } from "../../engineUnderTest.ts";
import { everything, heldMemory, shortRun, small, tinyNetwork } from "./smallNetworks.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** What holds of its bits, and of its heap. */
const onWasm = test.runIf(engineUnderTest === "wasm");

describe("a training run", () => {
  onWasm.each([
    ["a plain network", small],
    ["a network with dropout, batch normalisation and a penalty", everything],
  ])("of %s gives the same digest twice, seed 1", async (_, input) => {
    const subject = await createSubject(parseConfig(input));

    const first = await train(subject);
    const second = await train(subject);

    expect(second.digest).toBe(first.digest);
    expect(second).toEqual(first);
  });

  // Recorded by `train(createSubject(parseConfig(…)))` on x86-64 Linux with Node 20.20 and the committed kernels.
  onWasm.each([
    ["a plain network", small, "9911f943c6619690a4771923679e3baacaacfb5b2b7d01c00fa1c8e8b0151d34"],
    [
      "a network with everything",
      everything,
      "9a137d389192edf3166767b9a1f880e6aff6e92d5cdeefd9b403331cb9b806e7",
    ],
  ])("of %s gives these bits on every machine, seed 1", async (_, input, digest) => {
    const run = await train(await createSubject(parseConfig(input)));

    expect(run.digest).toBe(digest);
  });

  test("gives another digest from another seed, seeds 1 and 2", async () => {
    const first = await train(await createSubject(parseConfig({ ...small, seed: 1 })));
    const second = await train(await createSubject(parseConfig({ ...small, seed: 2 })));

    expect(second.digest).not.toBe(first.digest);
  });

  test("gives the same digest with other runs interleaved between its steps, seed 1", async () => {
    const subject = await createSubject(parseConfig(everything));
    const alone = await train(subject);

    const beside = await Promise.all([
      train(subject),
      train(await createSubject(parseConfig({ ...small, seed: 3 }))),
      train(subject),
    ]);

    expect(beside[0].digest).toBe(alone.digest);
    expect(beside[2].digest).toBe(alone.digest);
  });

  test("gives the same digest with its probes off: looking changes nothing, seed 1", async () => {
    const subject = await createSubject(parseConfig(everything));

    const probed = await train(subject);
    const unprobed = await train(subject, { probes: false });

    expect(probed.trace.probes.length).toBeGreaterThan(0);
    expect(unprobed.trace.probes).toEqual([]);
    expect(unprobed.digest).toBe(probed.digest);
  });
});

describe("a run that diverges", () => {
  test("ends at the first loss that is not finite and says so", async () => {
    const config = parseConfig({
      ...small,
      model: { ...small.model, activation: "linear" },
      training: { ...small.training, optimizer: { name: "sgd", learningRate: 1e6 } },
    });

    const run = await train(await createSubject(config));

    expect(run.finite).toBe(false);
    expect(run.steps).toBeLessThan(12);
    expect(run.trace.losses.slice(0, -1).every(Number.isFinite)).toBe(true);
    expect(Number.isFinite(run.trace.losses.at(-1))).toBe(false);
  });

  test("ends before its first step on the logarithm of a negative target", async () => {
    const config = parseConfig({ ...small, training: { ...small.training, loss: { name: "msle" } } });

    const run = await train(await createSubject(config));

    expect(run).toMatchObject({ finite: false, steps: 0 });
  });
});

describe("a trace", () => {
  test("has a loss and a prediction variance for every step, and probes with a row for every layer", async () => {
    const run = await train(await createSubject(parseConfig(small)));

    expect(run.trace.losses).toHaveLength(12);
    expect(run.trace.predictionVariances).toHaveLength(12);
    expect(run.trace.probes.map(({ step }) => step)).toEqual([0, 1, 2, 4, 8]);
    for (const { layers } of run.trace.probes) {
      expect(layers.map(({ layer }) => layer)).toEqual(["conv1", "conv2", "hidden1", "output"]);
    }
  });

  test("shows no gradient and no update in a frozen layer, and both in the others", async () => {
    const subject = await createSubject(parseConfig(small));
    const frozen = {
      ...subject,
      buildModel: async (seed: number) => {
        const model = await subject.buildModel(seed);
        model.getLayer("conv1").trainable = false;
        return model;
      },
    };

    const { trace } = await train(frozen);

    for (const { layers } of trace.probes) {
      expect(layers[0]).toMatchObject({ layer: "conv1", gradientNorm: 0, updateRatio: 0 });
      for (const { gradientNorm, updateRatio } of layers.slice(1)) {
        expect(gradientNorm).toBeGreaterThan(0);
        expect(updateRatio).toBeGreaterThan(0);
      }
    }
  });

  test("counts every relu unit of a network of zeros as dead, and none of a network of ones", async () => {
    const zeros = parseConfig({ ...small, model: { ...small.model, kernelInitializer: "zeros" } });
    const ones = parseConfig({ ...small, model: { ...small.model, kernelInitializer: "constant" } });

    const dead = await train(await createSubject(zeros));
    const alive = await train(await createSubject(ones));

    expect(dead.trace.probes[0]?.layers.map(({ deadFraction }) => deadFraction)).toEqual([1, 1, 1, null]);
    expect(alive.trace.probes[0]?.layers.map(({ deadFraction }) => deadFraction)).toEqual([0, 0, 0, null]);
  });
});

describe("memory", () => {
  // What a step or a run leaves behind adds up, so a few show it as many do. 5,000 steps and 300 runs, in which smaller
  // pieces add up to a page of the heap: memory.nightly.ts.
  onWasm("has after 400 steps the heap and the tensors that it had after 50", async () => {
    const subject = await createSubject(parseConfig(tinyNetwork));
    await train({ ...subject, steps: 50 });
    const before = heldMemory();

    await train({ ...subject, steps: 400 });

    expect(heldMemory()).toEqual(before);
  });

  onWasm("is held as much after 40 runs as after 20", async () => {
    const subject = await createSubject(parseConfig(shortRun));
    for (let run = 0; run < 20; run++) await train(subject);
    const before = heldMemory();

    for (let run = 0; run < 20; run++) await train(subject);

    expect(heldMemory()).toEqual(before);
  });

  onWasm("is held more once a run keeps a tensor: the twin", async () => {
    const subject = await createSubject(parseConfig(shortRun));
    await train(subject);
    const before = heldMemory();
    const kept = scalar(1);
    await train(subject);

    expect(heldMemory()).not.toEqual(before);
    kept.dispose();
    expect(heldMemory()).toEqual(before);
  });
});
