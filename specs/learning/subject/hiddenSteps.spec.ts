import { dispose } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { gather } from "../../../src/learning/subject/examples.ts";
import {
  answeredWhereHidden,
  shownAlone,
  withoutHiddenTargets,
} from "../../../src/learning/subject/hiddenSteps.ts";
import { weightTensors } from "../../../src/learning/subject/parts.ts";

/** Two examples of three steps with two numbers each, of which the last steps are hidden. */
const examples: Examples = {
  count: 2,
  inputShape: [1],
  inputs: Float32Array.of(0, 1),
  outputs: 6,
  targets: Float32Array.of(1, 2, 3, 4, 0, 0, 3, 6, 0, 0, 0, 0),
  targetParts: [{ name: "steps", shape: [3, 2], classification: false }],
  shownSteps: Float32Array.of(1, 1, 0, 1, 0, 0),
};

beforeAll(() => startEngine());

async function weightsOf(of: Examples): Promise<number[]> {
  const tensors = weightTensors(of) ?? [];
  const values = await Promise.all(tensors.map((one) => one.data()));
  dispose([...tensors]);
  return values.flatMap((table) => [...table]);
}

describe("steps that a mask hides", () => {
  it("count for nothing, and the others of the batch make up for them", async () => {
    expect(await weightsOf(examples)).toEqual([2, 2, 0, 2, 0, 0]);
    expect(await weightsOf(gather(examples, [0]))).toEqual([1.5, 1.5, 0].map(Math.fround));
  });

  it("make up for nothing where a weight of 0 hides them", async () => {
    const { shownSteps: _, ...others } = examples;
    const weighted = { ...others, stepWeights: Float32Array.of(1, 3, 0, 1, 0, 0) };

    expect(await weightsOf(weighted)).toEqual([1, 3, 0, 1, 0, 0]);
    expect(shownAlone(weighted).shownSteps).toEqual(Float32Array.of(1, 1, 0, 1, 0, 0));
  });

  it("are taken as answered, and those that count are not", () => {
    const answers = answeredWhereHidden(new Float32Array(12).fill(9), examples);

    expect([...answers]).toEqual([9, 9, 9, 9, 0, 0, 9, 9, 0, 0, 0, 0]);
  });

  it("get targets that add nothing: the mean at their place, or the commonest class", () => {
    const numbers = withoutHiddenTargets(examples);
    const classes = withoutHiddenTargets({
      ...examples,
      targets: Float32Array.of(0, 1, 0, 1, 1, 0, 1, 0, 1, 0, 1, 0),
      targetParts: [{ name: "steps", shape: [3, 2], classification: true }],
    });

    expect([...numbers.targets.subarray(4, 12)]).toEqual([7 / 3, 4, 3, 6, 3, 4, 7 / 3, 4].map(Math.fround));
    expect([...classes.targets]).toEqual([0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1]);
  });

  it("are forgotten where the targets have another shape since", async () => {
    expect(
      await weightsOf({ ...examples, targetParts: [{ name: "steps", shape: [6], classification: false }] }),
    ).toEqual([]);
  });
});
