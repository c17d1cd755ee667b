import { test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { findOddExamples } from "../../../src/judging/ladder/oddExamples.ts";
import { healthyConfig } from "../../../src/lab/arbitrary/healthyConfig.ts";
import { healthyDenseConfig } from "../../../src/lab/arbitrary/healthyDenseConfig.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { BuiltInConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";

const COUNT = 30;
const pictures = createSubject(
  parseConfig({
    model: { imageSize: 16, channels: 3 },
    data: { boxSize: 4, noise: 0.2, examples: COUNT, heldOut: 0 },
  }) as BuiltInConfig,
).train;
const SIZE = 16 * 16 * 3;
const ODD = 12;

function withOddPicture(change: (pixels: Float32Array) => ArrayLike<number>): Examples {
  const inputs = pictures.inputs.slice();
  inputs.set(change(inputs.slice(ODD * SIZE, (ODD + 1) * SIZE)), ODD * SIZE);
  return { ...pictures, inputs };
}

function withOddTarget(value: number): Examples {
  const targets = pictures.targets.slice();
  targets[2 * ODD + 1] = value;
  return { ...pictures, targets };
}

describe("examples that look alike", () => {
  property.prop([healthyConfig(), healthyDenseConfig()], { numRuns: 20 })("are not accused", (box, dense) => {
    for (const config of [box, dense])
      expect(findOddExamples(createSubject(config as BuiltInConfig).train, 100)).toEqual([]);
  });
});

describe("an example is odd", () => {
  test.each([
    [
      "whose pixels run to 255",
      withOddPicture((pixels) => pixels.map((value) => 255 * value)),
      "mean of channel 0",
    ],
    [
      "whose channels are exchanged",
      withOddPicture((pixels) => pixels.map((_, at) => pixels[at - (at % 3) + (2 - (at % 3))] as number)),
      "channel",
    ],
    ["that is black", withOddPicture((pixels) => pixels.map(() => 0)), "mean of channel"],
    ["whose target lies out of range", withOddTarget(40), "target 1 is 40"],
    [
      "that has another's input and its own target",
      withOddPicture(() => pictures.inputs.subarray(0, SIZE)),
      "has the input of example 0 and another target",
    ],
  ])("%s", (_, examples, reason) => {
    const odd = findOddExamples(examples, COUNT);

    expect(new Set(odd.map(({ example }) => example))).toEqual(new Set([ODD]));
    expect(odd.map((one) => one.reason).join()).toContain(reason);
  });

  test("only if it is among those asked about", () => {
    expect(findOddExamples(withOddTarget(40), ODD)).toEqual([]);
  });
});
