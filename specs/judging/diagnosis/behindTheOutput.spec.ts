import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** Marks from 2 to 48, given by a sigmoid and what stands behind it. */
function marks(scale: number) {
  const subject = defineSubject({
    name: `marks-times-${scale}`,
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ inputShape: [2], units: 8, activation: "tanh" }),
          layers.dense({ units: 1, activation: "sigmoid" }),
          ...(scale === 1 ? [] : [layers.rescaling({ scale })]),
        ],
      }),
    examples: ({ set, count, seed }) => {
      const shift = seed + (set === "train" ? 0 : 0.5);
      const rows = Array.from({ length: count }, (_, row) => [
        Math.sin(row + shift),
        Math.cos(3 * (row + shift)),
      ]);
      return { inputs: rows, targets: rows.map(([a = 0, b = 0]) => [25 + 12 * a - 10 * b]) };
    },
    data: { examples: 100, heldOut: 50 },
    training: { optimizer: { name: "adam", learningRate: 0.02 }, batchSize: 25, steps: 300 },
  });
  return subject.config();
}

async function diagnosed(scale: number) {
  const config = marks(scale);
  return trainAndDiagnose(await createSubject(config), config);
}

describe("a scale behind the sigmoid of the output", () => {
  test("takes the outputs beyond 1, so that nothing is out of reach", async () => {
    const { verdict, findings, run } = await diagnosed(50);

    expect(run.survey?.heads[0]?.activation).toBe("sigmoid, then Rescaling");
    expect(verdict).toBe("learns");
    expect(findings).toEqual([]);
  });

  test("is missed where it is missing: the twin", async () => {
    const { findings, run } = await diagnosed(1);

    expect(run.survey?.heads[0]?.activation).toBe("sigmoid");
    expect(findings.map(({ cause }) => cause)).toContain("wrong-output-activation");
  });
});
