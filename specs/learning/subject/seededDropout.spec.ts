import { ones, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { SeededDropout } from "../../../src/learning/subject/seededDropout.ts";

function masks(layer: SeededDropout, calls: number, training: boolean): number[][] {
  return Array.from({ length: calls }, () => {
    const input = ones([10, 100]);
    const output = layer.apply(input, { training }) as Tensor;
    const values = [...output.dataSync()];
    input.dispose();
    output.dispose();
    return values;
  });
}

const dropout = () => new SeededDropout({ name: "dropout1", rate: 0.25, seed: 1 });

beforeAll(async () => {
  await startEngine({ name: "cpu" });
});

describe("seeded dropout, seed 1", () => {
  test("draws a new mask at every call and the same masks in every run", () => {
    const [first, second] = masks(dropout(), 2, true);

    expect(second).not.toEqual(first);
    expect(masks(dropout(), 2, true)).toEqual([first, second]);
  });

  test("draws masks of its own for each layer and each seed", () => {
    const [mask] = masks(dropout(), 1, true);

    const [ofLayer] = masks(new SeededDropout({ name: "dropout2", rate: 0.25, seed: 1 }), 1, true);
    const [ofSeed] = masks(new SeededDropout({ name: "dropout1", rate: 0.25, seed: 2 }), 1, true);

    expect(ofLayer).not.toEqual(mask);
    expect(ofSeed).not.toEqual(mask);
  });

  // 1,000 draws: the dropped share is within 0.25 ± 0.07 with probability 1 − 3e-7.
  test("drops its share of the units and scales the others so that the mean stays", () => {
    const [mask] = masks(dropout(), 1, true) as [number[]];

    expect(new Set(mask)).toEqual(new Set([0, Math.fround(4 / 3)]));
    expect(Math.abs(mask.filter((value) => value === 0).length / mask.length - 0.25)).toBeLessThan(0.07);
  });

  test("passes its input on in evaluation mode", () => {
    expect(masks(dropout(), 1, false)).toEqual([new Array(1000).fill(1)]);
  });

  test("is built again from its own config, masks included", () => {
    const rebuilt = new SeededDropout(dropout().getConfig() as never);

    expect(rebuilt.name).toBe("dropout1");
    expect(masks(rebuilt, 2, true)).toEqual(masks(dropout(), 2, true));
  });

  // At a rate of 0.9 nine units in ten are dropped: keeping a share of `rate` instead breaks this.
  test("drops nine units in ten at a rate of 0.9, and scales the tenth by 10", () => {
    const [mask] = masks(new SeededDropout({ name: "dropout1", rate: 0.9, seed: 1 }), 1, true) as [number[]];

    const kept = mask.filter((unit) => unit !== 0);
    expect(kept.every((unit) => Math.abs(unit - 10) < 1e-5)).toBe(true);
    expect(Math.abs(kept.length / mask.length - 0.1)).toBeLessThan(0.05);
  });
});
