import { describe, expect, test } from "vitest";
import { measure, measureTwoProcesses } from "../../src/bench/measure.ts";
import { operationsOf, questionNetwork, TINY, type Workload } from "../../src/bench/workload.ts";

const tiny: Workload = {
  engine: "wasm",
  variant: "learnproof",
  pass: "step",
  probes: false,
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

describe("measuring", () => {
  test("times each workload in a process of its own, stock TensorFlow.js beside ours", async () => {
    const workloads: Workload[] = [
      tiny,
      { ...tiny, probes: true },
      { ...tiny, variant: "stock layers" },
      { ...tiny, variant: "stock", pass: "forward" },
    ];

    const rows = await measure(workloads, once);

    expect(rows).toMatchObject(workloads);
    for (const { msPerStep, gflops, spread, imageSize } of rows) {
      expect(msPerStep).toBeGreaterThan(0);
      expect(gflops).toBeGreaterThan(0);
      expect(spread).toBe(0);
      expect(imageSize).toBe(8);
    }
  });

  test("says why a workload cannot run: stock wasm has no gradient of a convolution", async () => {
    const impossible: Workload = { ...tiny, variant: "stock" };

    await expect(measure([impossible], once)).rejects.toThrow(
      "bench: a workload must run, got: Kernel 'Conv2DBackpropFilter' not registered",
    );
  });

  test("compares two processes at work with one", async () => {
    const ratio = await measureTwoProcesses(tiny, once);

    expect(ratio).toBeGreaterThan(0);
  });
});
