import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";
import { startEngine } from "../../src/learning/engine/startEngine.ts";
import { createSubject } from "../../src/learning/subject/createSubject.ts";
import { train } from "../../src/learning/training/train.ts";
import { engineUnderTest } from "../engineUnderTest.ts";
import { type Commands, countCommands } from "./countCommands.ts";
import { sayIfSkipped, whyNoWebgpu } from "./whyNoGpu.ts";

const missing = await whyNoWebgpu();
sayIfSkipped("webgpu", missing);

vi.setConfig({ testTimeout: 300_000 });

/** The question's network, with few filters and small pictures: its kernels are as many as those of the large one. */
const config = (steps: number, optimizer: string) =>
  parseConfig({
    model: { imageSize: 8, channels: 1, filters: [2, 2, 2], hiddenUnits: [4] },
    data: { examples: 16, heldOut: 0, boxSize: 3 },
    training: { batchSize: 16, steps, optimizer: { name: optimizer, learningRate: 0.01 } },
  });

/** Steps in which pipelines and buffers are made; after them the step repeats. */
const WARM_UP = 4;

describe.skipIf(missing !== null)("a training step of the question's network on webgpu", () => {
  beforeAll(() => startEngine({ name: "webgpu" }));
  afterAll(() => startEngine({ name: engineUnderTest }));

  test("takes at most 60 dispatches, no new buffer, and one submit", async () => {
    const { createBuffer, dispatchWorkgroups, submit, mapAsync } = await perStep("adam");

    expect(createBuffer).toBe(0);
    expect(dispatchWorkgroups).toBeLessThanOrEqual(60);
    expect(submit).toBe(1);
    expect(mapAsync).toBe(2);
  });

  // Adamax has no kernel of its own, so it shows that what is counted can grow.
  test("takes more with an optimizer of many operations", async () => {
    expect((await perStep("adamax")).dispatchWorkgroups).toBeGreaterThan(60);
  });
});

/** Returns what one step takes once it repeats: a long run less a short one, over the steps between them. */
async function perStep(optimizer: string): Promise<Commands> {
  const trained = async (steps: number) =>
    countCommands(async () => train(await createSubject(config(steps, optimizer)), { probes: false }));
  await trained(WARM_UP);
  const [short, long] = [await trained(WARM_UP), await trained(2 * WARM_UP)];
  const average = (name: keyof Commands) => (long[name] - short[name]) / WARM_UP;
  return {
    createBuffer: average("createBuffer"),
    createBindGroup: average("createBindGroup"),
    dispatchWorkgroups: average("dispatchWorkgroups"),
    submit: average("submit"),
    mapAsync: average("mapAsync"),
  };
}
