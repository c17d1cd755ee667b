import { input, layers, model } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { diagnose } from "../../../src/judging/diagnosis/diagnose.ts";
import { findSilencedOutputs } from "../../../src/judging/evidence/loss/silencedOutputs.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { changeConfig } from "../../../src/learning/config/changeConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const RECIPE = { optimizer: { name: "adam", learningRate: 0.05 }, batchSize: 80, steps: 150 } as const;

/** Two outputs, each of another of the inputs. */
function twoOutputs(name: string, lossWeights: readonly number[]) {
  const xs = Array.from({ length: 80 }, (_, row) => [Math.sin(row), Math.cos(3 * row)] as const);
  return defineSubject({
    name,
    buildModel: () => {
      const given = input({ shape: [2] });
      const head = (of: string) => {
        const hidden = layers.dense({ units: 16, activation: "tanh" }).apply(given);
        return layers.dense({ units: 1, name: of }).apply(hidden);
      };
      return model({ inputs: given, outputs: [head("first"), head("second")] as never });
    },
    examples: {
      train: {
        inputs: xs,
        targets: { first: xs.map(([a]) => [2 * a]), second: xs.map(([a, b]) => [b - a * b]) },
      },
    },
    lossWeights,
    training: RECIPE,
  }).config();
}

describe("an output whose loss is weighted with nothing", () => {
  test("is named with its weight, and weighing all alike makes it learn", async () => {
    const config = twoOutputs("silenced", [1, 0]);
    const { verdict, findings } = await trainAndDiagnose(await createSubject(config), config);
    const alike = changeConfig(config, { "rework.lossWeights": "alike" });

    expect(verdict).not.toBe("learns");
    expect(findings[0]?.cause).toBe("some-outputs-untrained");
    expect(findings[0]?.evidence).toContain("the loss of second is weighted with 0");
    expect(alike?.description).toContain("the loss of every output weighted alike");
    const changed = alike?.config ?? config;
    expect((await trainAndDiagnose(await createSubject(changed), changed)).verdict).toBe("learns");
  });

  test("is not sought among weights that leave every output learnt: the twin", async () => {
    const config = twoOutputs("weighted", [1, 0.5]);
    const subject = await createSubject(config);
    const { run, verdict } = await trainAndDiagnose(subject, config);

    expect(verdict).toBe("learns");
    expect(findSilencedOutputs(subject, run)).toEqual([]);
    expect(await diagnose(subject, run, config)).toEqual([]);
  });
});
