import { backend, memory } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";
import type { DeferredReads } from "../../src/learning/engine/deferredReads.ts";
import { startEngine } from "../../src/learning/engine/startEngine.ts";
import { createSubject } from "../../src/learning/subject/createSubject.ts";
import { type TrainOptions, train } from "../../src/learning/training/train.ts";
import { engineUnderTest } from "../engineUnderTest.ts";
import { countCommands } from "./countCommands.ts";
import { sayIfSkipped, whyNoWebgpu } from "./whyNoGpu.ts";

const missing = await whyNoWebgpu();
sayIfSkipped("webgpu", missing);

vi.setConfig({ testTimeout: 300_000 });

const config = (model: object, training: object) =>
  parseConfig({
    model: { imageSize: 8, channels: 1, filters: [2], hiddenUnits: [4, 4, 4], ...model },
    data: { examples: 16, heldOut: 0, boxSize: 3 },
    training: { batchSize: 4, steps: 12, ...training },
  });

const DIVERGES = config({}, { optimizer: { name: "sgd", learningRate: 1e6 } });

/** A run that may be timed reads each loss at once. */
const AT_ONCE: TrainOptions = { isOver: () => false };

const trained = async (what: ReturnType<typeof config>, options: TrainOptions = {}) => {
  const { trace, digest, steps } = await train(await createSubject(what), { probes: false, ...options });
  return { trace, digest, steps };
};

describe.skipIf(missing !== null)("losses that webgpu reads every eight steps", () => {
  beforeAll(() => startEngine({ name: "webgpu" }));
  afterAll(() => startEngine({ name: engineUnderTest }));

  test.each([
    ["sgd, whose kernel tests the flag", DIVERGES],
    [
      "adamax, which has no kernel, with moving averages",
      config({ batchNorm: true }, { optimizer: { name: "adamax", learningRate: 1e6 } }),
    ],
    [
      "weights that shrink before their update",
      config({}, { optimizer: { name: "adam", learningRate: 1e6, decoupledWeightDecay: 0.01 } }),
    ],
  ])("end a run at the same NaN with the same weights as losses read at once: %s", async (_, what) => {
    const late = await trained(what);

    expect(late.trace.losses.at(-1)).toSatisfy((loss: number) => !Number.isFinite(loss));
    expect(late.trace.losses.length).toBeLessThan(8);
    expect(late).toEqual(await trained(what, AT_ONCE));
  });

  test("would leave other weights without the flag", async () => {
    const { digest, trace } = await trained(DIVERGES);
    const gpu = backend() as unknown as { deferReads(): DeferredReads };
    const guarded = gpu.deferReads.bind(gpu);
    gpu.deferReads = () => ({ ...guarded(), watch: () => undefined });
    try {
      const unguarded = await trained(DIVERGES);

      expect(unguarded.trace).toEqual(trace);
      expect(unguarded.digest).not.toBe(digest);
    } finally {
      gpu.deferReads = guarded;
    }
  });

  test("are reported in order, and read where something needs them", async () => {
    const what = config({}, { steps: 10 });
    const seen: number[] = [];
    const { mapAsync: late } = await countCommands(() =>
      trained(what, { onProgress: ({ step }) => seen.push(step) }),
    );
    const until = { every: 2, reached: () => false };
    const { mapAsync: often } = await countCommands(() => trained(what, { until }));

    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(often).toBeGreaterThanOrEqual(late + 3);
  });

  test("leave no tensor behind, also where a run is cancelled", async () => {
    const before = memory().numTensors;
    const cancel = new AbortController();
    const onProgress = () => cancel.abort(new Error("cancelled"));

    await expect(trained(DIVERGES, { onProgress, signal: cancel.signal })).rejects.toThrow("cancelled");
    await trained(DIVERGES);

    expect(memory().numTensors).toBe(before);
  });
});
