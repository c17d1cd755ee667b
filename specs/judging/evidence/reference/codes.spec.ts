// Whole numbers that are names say nothing by their size. Quantities do, however they matter, and a network that looks
// codes up does not take their size.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { findCodes } from "../../../../src/judging/evidence/reference/codes.ts";
import type { OwnConfig } from "../../../../src/learning/config/schema.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(startEngineUnderTest);

interface Options {
  readonly length: number;
  readonly different: number;
  /** What a number says of the target. */
  readonly says: (number: number) => number;
  readonly looksUp?: boolean;
}

async function found(name: string, { length, different, says, looksUp = false }: Options) {
  const random = seedStream(1, "spec/codes");
  const inputs = Array.from({ length: 900 }, () =>
    Array.from({ length }, () => Math.floor(different * random.uniform())),
  );
  const targets = inputs.map((row) => [row.reduce((sum, number) => sum + says(number), 0)]);
  const front = looksUp
    ? [layers.embedding({ inputDim: different, outputDim: 4, inputLength: length }), layers.flatten()]
    : [layers.dense({ units: 4, activation: "relu", inputShape: [length] })];
  const config = defineSubject({
    name,
    buildModel: () => sequential({ layers: [...front, layers.dense({ units: 1 })] }),
    examples: { train: { inputs, targets } },
    training: { steps: 1 },
  }).config() as OwnConfig;
  return findCodes(await createSubject(config));
}

const words = seedStream(2, "spec/codes/words");
const meanings = Array.from({ length: 100 }, () => words.uniform() - 0.5);
const ofName = (number: number) => meanings[number] as number;
/** Good words were numbered first, then bad ones, then all others. */
const inBlocks = (number: number) => (number < 10 ? 1 : number < 20 ? -1 : 0);

test.each<[string, Options]>([
  ["two columns of places", { length: 2, different: 60, says: ofName }],
  ["one column of names", { length: 1, different: 60, says: ofName }],
  ["rows of words", { length: 10, different: 100, says: ofName }],
  ["rows of words that were numbered by what they mean", { length: 10, different: 100, says: inBlocks }],
])("finds %s", async (what, options) => {
  expect(await found(`names-${what.replaceAll(" ", "-")}`, options)).toMatchObject({
    different: options.different,
    count: options.different,
  });
});

test.each<[string, Options]>([
  ["sums", { length: 10, different: 100, says: (number) => number / 50 }],
  ["squares", { length: 3, different: 100, says: (number) => (number / 50) ** 2 }],
  ["waves", { length: 2, different: 100, says: (number) => Math.sin(number / 15) }],
  ["few numbers", { length: 4, different: 8, says: ofName }],
  ["names that are looked up", { length: 2, different: 60, says: ofName, looksUp: true }],
  ["names that say nothing", { length: 10, different: 100, says: () => words.uniform() }],
])("finds nothing in %s: the twins", async (what, options) => {
  expect(await found(`twin-${what.replaceAll(" ", "-")}`, options)).toBeNull();
});
