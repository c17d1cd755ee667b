import { describe, expect, test } from "vitest";
import { worstDifference } from "../../src/lab/engines/worstDifference.ts";
import { trainOn } from "./trainOn.ts";

const config = (seed: number) => ({
  seed,
  model: { imageSize: 8, channels: 1, filters: [2], kernelSize: 3, hiddenUnits: [4] },
  data: { examples: 8, heldOut: 0, boxSize: 3, noise: 0.2 },
  training: { steps: 5, batchSize: 4 },
});

// The comparison that a GPU is put to is tried where there is none: on the two engines that are always there.
describe("two engines", () => {
  test("agree on gradients and losses of a run, and another seed's would not pass for it", async () => {
    const wasm = await trainOn("wasm", config(1));
    const other = await trainOn("wasm", config(2));
    const cpu = await trainOn("cpu", config(1));

    expect(cpu.verdict).toBe(wasm.verdict);
    expect(cpu.losses).toHaveLength(5);
    expect(worstDifference(cpu.losses, wasm.losses)).toBeLessThan(1e-5);
    expect(worstDifference(other.losses, wasm.losses)).toBeGreaterThan(0.01);
    expect(cpu.gradients).toHaveLength(6);
    for (const [index, gradient] of wasm.gradients.entries()) {
      expect(worstDifference(cpu.gradients[index] ?? [], gradient)).toBeLessThan(1e-5);
      expect(worstDifference(other.gradients[index] ?? [], gradient)).toBeGreaterThan(0.01);
    }
  });

  test.each([
    [[1, Number.NaN], [1, 2], Number.POSITIVE_INFINITY],
    [[1, 2], [1, Number.NaN], Number.POSITIVE_INFINITY],
    [[1], [1, 2], Number.POSITIVE_INFINITY],
    [[1, 2.2], [1, 2], 0.1],
  ])("differ by the worst of their numbers: %j, %j", (values, reference, worst) => {
    expect(worstDifference(values, reference)).toBeCloseTo(worst, 10);
  });
});
