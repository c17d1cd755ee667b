import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  type BoxWorkload,
  configOf,
  operationsOf,
  questionNetwork,
  TINY,
} from "../../../src/lab/engines/workload.ts";
import { builtPackage } from "../../builtPackage.ts";

// Built, since processes that time start in a third of the time without a loader.
const dist = join(builtPackage(), "dist/lab/engines");
const { measureBoxes }: typeof import("../../../src/lab/engines/bench.ts") = await import(
  join(dist, "bench.js")
);
const { measureTwoProcesses }: typeof import("../../../src/lab/engines/measure.ts") = await import(
  join(dist, "measure.js")
);

const tiny: BoxWorkload = {
  engine: "wasm",
  variant: "learnproof",
  pass: "step",
  probes: false,
  threads: 1,
  network: TINY,
  batch: 2,
};
const once = { rounds: 1, sampleMs: 1 };

describe("operations", () => {
  test("of the question's network are two for each multiply-add, three times that for a step", () => {
    // Output pixels × filters × kernel × channels of each convolution, then the dense layers.
    const multiplyAdds =
      16 ** 2 * 32 * 25 * 3 + 8 ** 2 * 64 * 25 * 32 + 4 ** 2 * 128 * 25 * 64 + 4 ** 2 * 128 * 100 + 100 * 2;
    const step = { ...tiny, network: questionNetwork(32), batch: 32 };

    expect(operationsOf({ ...step, pass: "forward" })).toBe(2 * 32 * multiplyAdds);
    expect(operationsOf(step)).toBe(6 * 32 * multiplyAdds);
  });
});

describe("a box network", () => {
  test.each([1, 2, 32])("is timed on as many pictures as its batch says: %i", (batch) => {
    const { data, training } = configOf({ ...tiny, batch });

    expect(data.examples).toBe(batch);
    expect(training.batchSize).toBe(batch);
  });
});

describe("measuring", () => {
  test("times each workload in a process of its own, stock TensorFlow.js beside ours", async () => {
    const workloads: BoxWorkload[] = [
      tiny,
      { ...tiny, probes: true },
      { ...tiny, variant: "stock layers" },
      { ...tiny, variant: "stock", pass: "forward" },
    ];

    const rows = await measureBoxes(workloads, once);

    expect(rows).toMatchObject(workloads);
    for (const { msPerStep, gflops, spread, imageSize } of rows) {
      expect(msPerStep).toBeGreaterThan(0);
      expect(gflops).toBeGreaterThan(0);
      expect(spread).toBe(0);
      expect(imageSize).toBe(8);
    }
  });

  test("says why a workload cannot run: stock wasm has no gradient of a convolution", async () => {
    const impossible: BoxWorkload = { ...tiny, variant: "stock" };

    await expect(measureBoxes([impossible], once)).rejects.toThrow(
      "bench: a workload must run, got: Kernel 'Conv2DBackpropFilter' not registered",
    );
  });

  test("compares two processes at work with one", async () => {
    const ratio = await measureTwoProcesses({ ...tiny, config: configOf(tiny) }, once);

    expect(ratio).toBeGreaterThan(0);
  });
});
