import { input, layers, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { shuffledIndices } from "../../../src/foundation/random/shuffle.ts";
import { check } from "../../../src/judging/check/check.ts";
import type { CheckResult } from "../../../src/judging/check/checkResult.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import type { SubjectDefinition } from "../../../src/learning/subject/subjectDefinition.ts";
import { engineUnderTest, startEngineUnderTest } from "../../engineUnderTest.ts";
import { twoByTwo, uniform } from "../../learning/subject/severalParts.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

function examine(changes: object = {}): Promise<CheckResult> {
  const own = defineSubject({ ...twoByTwo, ...changes } as unknown as SubjectDefinition);
  return check(own, { engine: engineUnderTest, cures: false });
}

const broken = ({ laws }: CheckResult) => laws.filter(({ holds }) => !holds).map(({ name }) => name);
const shuffled = (values: Float32Array): Float32Array => {
  const order = shuffledIndices(values.length, seedStream(1, "spec/shuffle"));
  return values.map((_, row) => values[order[row] as number] as number);
};

describe("a softmax for each pixel", () => {
  const side = 5;
  const images = uniform(60 * side * side, "pixels");
  const rare = (lit: number) => images.map((value) => Number(value > lit));
  const changes = (labels: Float32Array) => ({
    name: "pixels",
    buildModel() {
      const given = input({ shape: [side, side, 1], name: "image" });
      const hidden = layers.conv2d({ filters: 8, kernelSize: 1, activation: "relu" }).apply(given);
      const classes = layers.conv2d({ filters: 2, kernelSize: 1, activation: "softmax" }).apply(hidden);
      return model({ inputs: given, outputs: classes as SymbolicTensor });
    },
    examples: {
      train: {
        inputs: { shape: [60, side, side, 1], values: images },
        targets: { shape: [60, side, side], values: labels },
      },
    },
    loss: "sparseCategoricalCrossentropy",
    training: { optimizer: { name: "adam", learningRate: 0.02 }, steps: 500 },
  });

  test("is judged at each position, and learns although a pixel is seldom lit", async () => {
    const result = await examine(changes(rare(0.9)));

    expect(broken(result)).toEqual([]);
    expect(result.verdict).toBe("learns");
  });

  test("does not learn labels of other images: the twin", async () => {
    const result = await examine({
      ...changes(shuffled(rare(0))),
      training: { optimizer: { name: "adam", learningRate: 0.02 }, steps: 40 },
    });

    expect(result.verdict).not.toBe("learns");
    expect(broken(result)).toContain("beatsTheMean");
    expect(broken(result)).not.toContain("lossFits");
  });
});
