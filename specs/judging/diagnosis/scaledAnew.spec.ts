// Held-out rows to which a script fits its scaler anew have a mean of 0 and a spread of 1, as those of training do: their numbers
// look alike and stand for other quantities.

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

/** Two columns from `from` to 1, and their sum. */
function rows(count: number, seed: number, from: number) {
  const random = seedStream(seed, "spec/scaledAnew");
  const inputs = Array.from({ length: count }, () => [0, 1].map(() => from + (1 - from) * random.uniform()));
  return { inputs, targets: inputs.map(([a = 0, b = 0]) => [a + b]) };
}

/** Scales rows as those between `from` and 1 are standardised. */
function scaled({ inputs, targets }: ReturnType<typeof rows>, from: number) {
  const [mean, spread] = [(1 + from) / 2, (1 - from) / Math.sqrt(12)];
  return { inputs: inputs.map((row) => row.map((one) => (one - mean) / spread)), targets };
}

/** Held out are rows from 0.8 on, scaled by a scaler of their own. */
async function outcomeOf(rescaled: boolean, changes = {}) {
  const train = scaled(rows(200, 1, 0), 0);
  const others = rows(60, 2, 0.8);
  const config = defineSubject({
    name: rescaled ? "scaled-anew" : "scaled-so",
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ inputShape: [2], units: 16, activation: "tanh" }),
          layers.dense({ units: 1 }),
        ],
      }),
    examples: { train, heldOut: scaled(others, 0.8) },
    held: {
      facts: [
        { of: "inputs", words: "rows scaled as those of training", line: "", question: null, rescaled },
      ],
      examples: () => ({ train, heldOut: scaled(others, 0), asked: [] }),
    },
    training: { optimizer: { name: "adam", learningRate: 0.03 }, batchSize: 40, steps: 200 },
  }).config(changes) as OwnConfig;
  const { findings } = await trainAndDiagnose(await createSubject(config), config);
  return findings;
}

describe("held-out rows to which a scaler was fitted anew", () => {
  test("are named first where they are answered badly, and not once they are scaled as those of training", async () => {
    const [first] = await outcomeOf(true);
    expect(first?.cause).toBe("held-out-from-another-distribution");
    expect(first?.evidence).toContain("fits a scaler anew");
    expect(await outcomeOf(true, { data: { asHeld: [0] } })).toEqual([]);
  });

  test("are not named where the script is not known to have scaled them so: the twin", async () => {
    const findings = await outcomeOf(false);
    expect(findings.filter(({ evidence }) => evidence.includes("fits a scaler anew"))).toEqual([]);
    expect(findings.length).toBeGreaterThan(0);
  });
});
