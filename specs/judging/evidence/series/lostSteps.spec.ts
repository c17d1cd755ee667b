import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { findLostSteps } from "../../../../src/judging/evidence/series/lostSteps.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const [LENGTH, WORDS, TEXTS] = [6, 12, 400];

/** Texts that hold the words 1 and 2: which one comes first, or whether a third word stands there as well. */
function texts(asksForOrder: boolean) {
  const random = seedStream(4, "texts");
  const whole = (most: number) => Math.floor(most * random.uniform());
  const inputs = Array.from({ length: TEXTS }, () => {
    const row = Array.from({ length: LENGTH }, () => 4 + whole(WORDS - 4));
    const first = whole(LENGTH);
    row[first] = 1;
    row[(first + 1 + whole(LENGTH - 1)) % LENGTH] = 2;
    return row;
  });
  const targets = inputs.map((row) => [
    Number(asksForOrder ? row.indexOf(1) < row.indexOf(2) : row.includes(4)),
  ]);
  return { inputs, targets };
}

const pooled = () => [layers.globalAveragePooling1d({})];
const kept = () => [layers.flatten()];

async function lostIn(asksForOrder: boolean, middle: () => layers.Layer[]) {
  const config = defineSubject({
    name: "texts",
    buildModel: () =>
      sequential({
        layers: [
          layers.embedding({ inputDim: WORDS, outputDim: 4, inputLength: LENGTH }),
          ...middle(),
          layers.dense({ units: 1, activation: "sigmoid" }),
        ],
      }),
    examples: { train: texts(asksForOrder) },
    classification: true,
    training: { steps: 1, loss: { name: "binaryCrossentropy" } },
  }).config();
  return findLostSteps(await createSubject(config));
}

test("a network that pools words in any order loses it where the targets ask for it", async () => {
  expect((await lostIn(true, pooled))?.layer).toContain("global_average_pooling");
});

test("it loses nothing where which words there are is asked, nor where places are kept", async () => {
  expect(await lostIn(false, pooled)).toBeNull();
  expect(await lostIn(true, kept)).toBeNull();
});
