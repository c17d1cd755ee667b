import { test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
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

/** The first rows, as the rungs of drawn examples may have them. */
const rows = (count: number) => Array.from({ length: count }, (_, row) => row);

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

function oddOf(examples: Examples) {
  return findOddExamples(examples, rows(Math.min(100, examples.count)));
}

/** Examples of one column or of rows, with targets that are never odd. */
function examplesOf(inputShape: readonly number[], inputs: readonly number[]): Examples {
  const size = inputShape.reduce((product, side) => product * side, 1);
  const count = inputs.length / size;
  return {
    count,
    inputShape,
    outputs: 1,
    inputs: Float32Array.from(inputs),
    targets: Float32Array.from({ length: count }, (_, row) => Math.sin(row)),
  };
}

/** A column beside one whose numbers are all different, so that no two inputs are the same. */
const columnOf = (values: readonly number[]) =>
  examplesOf(
    [2],
    values.flatMap((value, row) => [value, Math.cos(row)]),
  );

const random = seedStream(1, "odd examples");
const uniform = (count: number) => Array.from({ length: count }, () => random.uniform());
/** Normally distributed numbers, by the sum of twelve uniform ones. */
const normal = (count: number) =>
  Array.from({ length: count }, () => uniform(12).reduce((sum, value) => sum + value, -6));

describe("tables and sequences that look alike", () => {
  test.each<[string, Examples]>([
    ["a column of a rare category", columnOf([...Array(97).fill(0), 1, 1, 1])],
    ["a skewed column, as incomes are", columnOf(normal(100).map((value) => Math.exp(10 + value)))],
    [
      "counts that are mostly 0",
      columnOf(uniform(100).map((value) => (value < 0.8 ? 0 : Math.ceil(9 * (uniform(1)[0] as number))))),
    ],
    [
      "sentences of word numbers, padded with 0",
      examplesOf(
        [10],
        Array.from({ length: 60 }, (_, row) =>
          Array.from({ length: 10 }, (_, place) =>
            place < 4 + (row % 6) ? Math.ceil(5000 * (uniform(1)[0] as number) ** 4) : 0,
          ),
        ).flat(),
      ),
    ],
    [
      "windows of a series that rises",
      examplesOf(
        [5, 1],
        Array.from({ length: 60 }, (_, row) => [0, 1, 2, 3, 4].map((step) => row + step)).flat(),
      ),
    ],
  ])("%s", (_, examples) => {
    expect(oddOf(examples)).toEqual([]);
  });
});

describe("an odd row of a table or a sequence", () => {
  test.each<[string, Examples]>([
    [
      "is an income in cents",
      columnOf(normal(60).map((value, row) => Math.exp(10 + value / 2) * (row === ODD ? 100 : 1))),
    ],
    [
      "is a window that was not normalised",
      examplesOf(
        [5, 1],
        Array.from({ length: 60 }, (_, row) =>
          uniform(5).map((value) => value * (row === ODD ? 100 : 1)),
        ).flat(),
      ),
    ],
    [
      "is a picture of 0 to 255 flattened among ones of 0 to 9",
      examplesOf(
        [16],
        Array.from({ length: 60 }, (_, row) =>
          uniform(16).map((value) => Math.round(9 * value) * (row === ODD ? 255 : 1)),
        ).flat(),
      ),
    ],
  ])("%s", (_, examples) => {
    expect(new Set(oddOf(examples).map(({ example }) => example))).toEqual(new Set([ODD]));
  });

  test("is named by its place in the training set, whatever the order of the rung", () => {
    const examples = withOddTarget(40);

    expect(findOddExamples(examples, rows(COUNT).reverse()).map(({ example }) => example)).toEqual([ODD]);
  });
});

describe("examples that look alike", () => {
  property.prop([healthyConfig(), healthyDenseConfig()], { numRuns: 20 })("are not accused", (box, dense) => {
    for (const config of [box, dense])
      expect(oddOf(createSubject(config as BuiltInConfig).train)).toEqual([]);
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
    const odd = findOddExamples(examples, rows(COUNT));

    expect(new Set(odd.map(({ example }) => example))).toEqual(new Set([ODD]));
    expect(odd.map((one) => one.reason).join()).toContain(reason);
  });

  test("only if it is among those asked about", () => {
    expect(findOddExamples(withOddTarget(40), rows(ODD))).toEqual([]);
    expect(findOddExamples(withOddTarget(40), rows(COUNT), ODD + 1)).toEqual([]);
  });
});
