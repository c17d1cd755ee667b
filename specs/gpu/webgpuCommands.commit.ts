import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";
import { startEngine } from "../../src/learning/engine/startEngine.ts";
import { createSubject } from "../../src/learning/subject/createSubject.ts";
import { type TrainOptions, train } from "../../src/learning/training/train.ts";
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

/** Steps whose losses are read at once: pipelines and buffers are made in the first eight, and after them they repeat. */
const AT_ONCE = 8;

describe.skipIf(missing !== null)("a training step of the question's network on webgpu", () => {
  beforeAll(() => startEngine({ name: "webgpu" }));
  afterAll(() => startEngine({ name: engineUnderTest }));

  test("takes at most 60 dispatches, no new buffer, one submit and the eighth part of a reading", async () => {
    await trained(AT_ONCE, "adam");
    const { createBuffer, dispatchWorkgroups, submit, mapAsync } = await perStep("adam", AT_ONCE);

    expect(createBuffer).toBe(0);
    expect(dispatchWorkgroups).toBeLessThanOrEqual(60);
    expect(submit).toBe(1);
    expect(mapAsync).toBe(1 / AT_ONCE);
  });

  // Adamax has no kernel of its own, so it shows that what is counted can grow.
  test("takes more with an optimizer of many operations", async () => {
    expect((await perStep("adamax", 1)).dispatchWorkgroups).toBeGreaterThan(60);
  });

  test("takes a reading where something must know each loss", async () => {
    expect((await perStep("adam", 1, { isOver: () => false })).mapAsync).toBe(1);
  });
});

/** Returns what one of so many steps takes: a run of twice as many less one of them. */
async function perStep(optimizer: string, steps: number, options: TrainOptions = {}): Promise<Commands> {
  const [short, long] = [
    await trained(steps, optimizer, options),
    await trained(2 * steps, optimizer, options),
  ];
  const average = (name: keyof Commands) => (long[name] - short[name]) / steps;
  return {
    createBuffer: average("createBuffer"),
    createBindGroup: average("createBindGroup"),
    dispatchWorkgroups: average("dispatchWorkgroups"),
    submit: average("submit"),
    mapAsync: average("mapAsync"),
  };
}

function trained(steps: number, optimizer: string, options: TrainOptions = {}): Promise<Commands> {
  return countCommands(async () =>
    train(await createSubject(config(steps, optimizer)), { probes: false, ...options }),
  );
}
