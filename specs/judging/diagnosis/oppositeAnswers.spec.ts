// Held-out examples whose inputs or targets have changed places, such as the channels of a picture: each number by itself
// looks as in training, and the network answers the wrong way round. Learning by heart comes to a guess, not to that.

import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

interface Row {
  readonly input: readonly number[];
  readonly target: number;
}

function rows(count: number, seed: number): Row[] {
  const random = seedStream(seed, "spec/oppositeAnswers");
  return Array.from({ length: count }, () => {
    const [a, b] = [random.uniform() - 0.5, random.uniform() - 0.5];
    return { input: [a, b], target: a > b ? 1 : 0 };
  });
}

async function causesOf(name: string, change: (row: Row, place: number, all: readonly Row[]) => Row) {
  const tables = (some: readonly Row[]) => ({
    inputs: some.map(({ input }) => input),
    targets: some.map(({ target }) => [target]),
  });
  const config = defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ inputShape: [2], units: 16, activation: "tanh" }),
          layers.dense({ units: 1, activation: "sigmoid" }),
        ],
      }),
    loss: "binaryCrossentropy",
    examples: { train: tables(rows(200, 1)), heldOut: tables(rows(80, 2).map(change)) },
    training: { optimizer: { name: "adam", learningRate: 0.03 }, batchSize: 40, steps: 120 },
  }).config() as OwnConfig;
  const { findings } = await trainAndDiagnose(await createSubject(config), config);
  return findings;
}

const CAUSE = "held-out-from-another-distribution";

describe("held-out examples that are answered the wrong way round", () => {
  test.each([
    ["their columns", ({ input: [a = 0, b = 0], target }: Row) => ({ input: [b, a], target })],
    ["their classes", ({ input, target }: Row) => ({ input, target: 1 - target })],
  ])("have exchanged %s", async (what, change) => {
    const [first] = await causesOf(`exchanged-${what.split(" ").at(-1)}`, change);

    expect(first?.cause).toBe(CAUSE);
    expect(first?.evidence).toContain("the wrong way round");
  });

  test("are not suspected where the answers are guesses: the twin", async () => {
    const shifted = await causesOf("guesses", ({ input }, place, all) => ({
      input,
      target: all[(place + 7) % all.length]?.target ?? 0,
    }));

    expect(shifted.map(({ cause }) => cause)).not.toContain(CAUSE);
  });
});
