import { memory } from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { worstDifference } from "../../src/lab/engines/worstDifference.ts";
import { readConfig } from "../../src/learning/config/readConfig.ts";
import { engines } from "../../src/learning/engine/engines.ts";
import { STEPS_ALIKE } from "./stepsAlike.ts";
import { trainOn } from "./trainOn.ts";
import { required, sayIfSkipped, whyNoTensorflow } from "./whyNoGpu.ts";

const missing = await whyNoTensorflow();
sayIfSkipped("tensorflow", missing);

test.runIf(required.includes("tensorflow"))("TensorFlow has a GPU, as LEARNPROOF_GPU demands", () => {
  expect(missing).toBeNull();
});

const tolerance = engines.tensorflow.tolerance("GPU");

const question = (steps: number) => ({
  data: { examples: 512, heldOut: 0, noise: 0.4 },
  training: { steps, batchSize: 128 },
});

describe.skipIf(missing !== null)(
  `tensorflow on a GPU${missing === null ? "" : `, skipped: ${missing}`}`,
  () => {
    test("agrees with wasm on the gradients of the question's network, and on its first losses", async () => {
      const wasm = await trainOn("wasm", question(STEPS_ALIKE));
      const gpu = await trainOn("tensorflow", question(STEPS_ALIKE));

      expect(gpu.gradients).toHaveLength(wasm.gradients.length);
      for (const [index, gradient] of wasm.gradients.entries())
        expect(worstDifference(gpu.gradients[index] ?? [], gradient)).toBeLessThan(tolerance.gradients);
      expect(worstDifference(gpu.losses, wasm.losses)).toBeLessThan(tolerance.losses);
    });

    test.each(["small", "small-contrast", "small-momentum", "collapse-cured"])(
      "comes to the same verdict on %s",
      async (name) => {
        const config = await readConfig(`fixtures/configs/${name}.json`);

        expect((await trainOn("tensorflow", config)).verdict).toBe("learns");
      },
    );

    test("comes to the same verdict on weights of zero, which cannot learn", async () => {
      const config = await readConfig("fixtures/configs/small.json");
      const broken = { ...config, model: { ...config.model, kernelInitializer: "zeros" } };

      expect((await trainOn("tensorflow", broken)).verdict).toBe("collapsed");
    });

    test("makes a step of the question's network in half of wasm's time, or less", async () => {
      const wasm = await trainOn("wasm", question(STEPS_ALIKE));
      await trainOn("tensorflow", question(STEPS_ALIKE)); // the first run chooses among cuDNN's algorithms
      const gpu = await trainOn("tensorflow", question(10 * STEPS_ALIKE));

      expect(gpu.msPerStep).toBeLessThan(wasm.msPerStep / 2);
    });

    test("keeps no tensor of a run", async () => {
      await trainOn("tensorflow", question(2));
      const before = memory();

      await trainOn("tensorflow", question(100));

      expect(memory().numTensors).toBe(before.numTensors);
      expect(memory().numBytes).toBe(before.numBytes);
    });
  },
);
