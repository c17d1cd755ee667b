import { WebGPUBackend } from "@tensorflow/tfjs-backend-webgpu";
import { memory } from "@tensorflow/tfjs-core";
import { afterAll, describe, expect, test, vi } from "vitest";
import { diagnose } from "../../src/judging/diagnosis/diagnose.ts";
import { gradientDifference } from "../../src/lab/engines/gradientDifference.ts";
import { worstDifference } from "../../src/lab/engines/worstDifference.ts";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";
import { engines } from "../../src/learning/engine/engines.ts";
import { startEngine } from "../../src/learning/engine/startEngine.ts";
import { openDevice } from "../../src/learning/engine/webgpu/device.ts";
import { findAdapter } from "../../src/learning/engine/webgpu/load.ts";
import { createSubject } from "../../src/learning/subject/createSubject.ts";
import { train } from "../../src/learning/training/train.ts";
import { engineUnderTest } from "../engineUnderTest.ts";
import { STEPS_ALIKE } from "./stepsAlike.ts";
import { type Trained, trainOn } from "./trainOn.ts";
import { required, sayIfSkipped, whyNoWebgpu } from "./whyNoGpu.ts";

const missing = await whyNoWebgpu();
sayIfSkipped("webgpu", missing);

test.runIf(required.includes("webgpu"))("WebGPU is there, as LEARNPROOF_GPU demands", () => {
  expect(missing).toBeNull();
});

const tolerance = engines.webgpu.tolerance("GPU");

// A GPU in software makes ten steps a second where it has a core to itself.
vi.setConfig({ testTimeout: 300_000 });

/** Small enough for it. */
const tiny = (training: object = {}, model: object = {}) => ({
  model: { imageSize: 8, channels: 1, filters: [4], kernelSize: 3, hiddenUnits: [16], ...model },
  data: { examples: 64, heldOut: 16, boxSize: 3, noise: 0, targetRange: [0.1, 0.9] },
  training: {
    steps: STEPS_ALIKE,
    batchSize: 16,
    optimizer: { name: "adam", learningRate: 0.01 },
    ...training,
  },
});

describe.skipIf(missing !== null)("webgpu", () => {
  afterAll(async () => {
    await startEngine({ name: engineUnderTest });
  });

  test.each([
    ["adam on mse", {}],
    ["momentum on mae", { loss: { name: "mae" }, optimizer: { name: "momentum", learningRate: 0.01 } }],
    ["rmsprop on huber", { loss: { name: "huber" }, optimizer: { name: "rmsprop", learningRate: 0.001 } }],
    ["sgd on mse+msle", { loss: { name: "mse+msle" }, optimizer: { name: "sgd", learningRate: 0.001 } }],
  ])("agrees with wasm on gradients and losses, another seed does not: %s", async (_, training) => {
    const { wasm, other, webgpu } = await trainThrice(tiny(training, { outputActivation: "sigmoid" }));

    expect(webgpu.gradients).toHaveLength(wasm.gradients.length);
    for (const [index, gradient] of wasm.gradients.entries()) {
      expect(worstDifference(webgpu.gradients[index] ?? [], gradient)).toBeLessThan(tolerance.gradients);
      expect(worstDifference(other.gradients[index] ?? [], gradient)).toBeGreaterThan(
        10 * tolerance.gradients,
      );
    }
    expectLosses(webgpu, other, wasm);
  });

  test("agrees with wasm on batch normalisation, dropout and l2, another seed does not", async () => {
    const { wasm, other, webgpu } = await trainThrice(tiny({}, { batchNorm: true, dropout: 0.3, l2: 0.01 }));

    // The gradient of a bias before a batch normalisation is rounding on every engine: no layer is asked by itself.
    expect(gradientDifference(webgpu.gradients, wasm.gradients)).toBeLessThan(tolerance.gradients);
    expect(gradientDifference(other.gradients, wasm.gradients)).toBeGreaterThan(10 * tolerance.gradients);
    expectLosses(webgpu, other, wasm);
  });

  test.each([
    ["learns", tiny({ steps: 80 })],
    ["collapsed", tiny({}, { kernelInitializer: "zeros" })],
    ["diverged", tiny({ optimizer: { name: "sgd", learningRate: 1e6 } })],
  ])("comes to wasm's verdict: %s", async (verdict, config) => {
    expect((await trainOn("wasm", config)).verdict).toBe(verdict);
    expect((await trainOn("webgpu", config)).verdict).toBe(verdict);
  });

  test("names the cause that wasm names", async () => {
    const config = parseConfig(tiny({}, { kernelInitializer: "zeros" }));
    const causesOn = async (name: "wasm" | "webgpu") => {
      await startEngine({ name });
      const subject = await createSubject(config);
      return (await diagnose(subject, await train(subject), config)).map(({ cause }) => cause);
    };

    const causes = await causesOn("webgpu");

    expect(causes.length).toBeGreaterThan(0);
    expect(causes).toEqual(await causesOn("wasm"));
  });

  test("keeps no tensor of a run", async () => {
    await trainOn("webgpu", tiny({ steps: 9 }));
    const before = memory();

    await trainOn("webgpu", tiny({ steps: 9 }));

    expect(memory().numTensors).toBe(before.numTensors);
    expect(memory().numBytes).toBe(before.numBytes);
  });

  test("reports a command that the GPU cannot carry out, where the stock backend reads on", async () => {
    const [one, other] = [await findAdapter(), await findAdapter()] as [GPUAdapter, GPUAdapter];
    const stock = new WebGPUBackend(await one.requestDevice(), one.info);

    await expect(readAfterFault(await openDevice(other))).rejects.toThrow(
      /^webgpu: the GPU must carry out every command, got: .*[Bb]uffer/,
    );
    await expect(readAfterFault(stock)).resolves.toEqual(Float32Array.of(7));
  });

  /** On both engines, and on wasm from another seed. */
  async function trainThrice(config: object) {
    return {
      wasm: await trainOn("wasm", config),
      other: await trainOn("wasm", { ...config, seed: 2 }),
      webgpu: await trainOn("webgpu", config),
    };
  }

  function expectLosses(webgpu: Trained, other: Trained, wasm: Trained): void {
    expect(worstDifference(webgpu.losses, wasm.losses)).toBeLessThan(tolerance.losses);
    expect(worstDifference(other.losses, wasm.losses)).toBeGreaterThan(10 * tolerance.losses);
  }

  function readAfterFault(backend: WebGPUBackend): Promise<unknown> {
    const data = backend.write(Float32Array.of(7), [1], "float32") as object;
    backend.uploadToGPU(data);
    // A buffer that is of no use is against the rules.
    backend.device.createBuffer({ size: 4, usage: 0 });
    return backend.read(data);
  }
});
