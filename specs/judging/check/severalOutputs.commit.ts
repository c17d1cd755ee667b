import { input, layers, model, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { shuffledIndices } from "../../../src/foundation/random/shuffle.ts";
import { check } from "../../../src/judging/check/check.ts";
import type { CheckResult } from "../../../src/judging/check/checkResult.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import type { SubjectDefinition } from "../../../src/learning/subject/subjectDefinition.ts";
import { engineUnderTest, startEngineUnderTest } from "../../engineUnderTest.ts";
import {
  COUNT,
  kind,
  picture,
  price,
  twoByTwo,
  uniform,
  vector,
} from "../../learning/subject/severalParts.ts";

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

describe("a model with two inputs and two outputs", () => {
  test("learns where both outputs follow from the inputs, and says how well each does", async () => {
    const result = await examine();

    expect(result.verdict).toBe("learns");
    expect(broken(result)).toEqual([]);
    const [first, second] = result.run.train.outputs;
    expect(first).toMatchObject({ name: "price", shape: [1], classification: false, errorOverPrior: null });
    expect(second).toMatchObject({ name: "kind", shape: [3], classification: true });
    expect(first?.nmse).toBeLessThan(0.2);
    expect(second?.errorOverPrior).toBeLessThan(0.3);
    expect(result.run.train.errorOverVariances).toHaveLength(4);
  });

  test.each([
    ["price", { price: shuffled(price), kind }],
    ["kind", { price, kind: shuffled(kind) }],
  ])("does not learn where the %s belongs to other inputs: the twin", async (name, targets) => {
    const result = await examine({
      examples: { train: { inputs: { picture, vector }, targets } },
      training: { ...twoByTwo.training, steps: 60 },
    });

    expect(result.verdict).not.toBe("learns");
    const law = result.laws.find((one) => one.name === "beatsTheMean");
    expect(law).toMatchObject({ holds: false });
    expect(law?.detail).toContain(name);
  });
});

describe("outputs of differing units", () => {
  const inputs = uniform(COUNT * 2, "units");
  const column = (of: (x: number, y: number) => number) =>
    Float32Array.from({ length: COUNT }, (_, row) =>
      of(inputs[2 * row] as number, inputs[2 * row + 1] as number),
    );
  const table = { shape: [COUNT, 2], values: inputs };
  const targets = {
    large: column((x, y) => 1000 * x * y),
    first: column((x, y) => x - y),
    second: column((x, y) => Math.sin(3 * x + y)),
  };
  const changes = (scale: boolean) => ({
    name: "units",
    buildModel() {
      const given = input({ shape: [2], name: "given" });
      const hidden = layers.dense({ name: "hidden", units: 32, activation: "relu" }).apply(given);
      const outputs = Object.keys(targets).map(
        (name) => layers.dense({ name, units: 1 }).apply(hidden) as SymbolicTensor,
      );
      return model({ inputs: given, outputs });
    },
    examples: { train: { inputs: table, targets } },
    data: { standardiseTargets: scale },
    loss: "meanSquaredError",
    training: { optimizer: { name: "adam", learningRate: 0.1 }, steps: 200 },
  });

  test("do not learn as long as two are worse than their means, however well the largest does", async () => {
    const result = await examine(changes(false));
    const [large, ...others] = result.run.train.outputs;

    expect(large?.nmse).toBeLessThan(0.2);
    for (const { nmse } of others) expect(nmse).toBeGreaterThan(1);
    expect(result.verdict).not.toBe("learns");
    expect(broken(result)).toContain("everyOutputFits");
    expect(result.cause?.name).toBe("targets-not-normalised");
  });

  test("learn where each is brought to one scale: the twin", async () => {
    const result = await examine(changes(true));

    expect(result.verdict).toBe("learns");
    expect(broken(result)).toEqual([]);
  });
});
