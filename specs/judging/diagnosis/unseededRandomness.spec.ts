// A layer that the seed does not control is named where a second run differs.

import { mul, serialization, type Tensor } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { examine } from "../../../src/judging/examine.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

/** Gives another output at each call, from a state that no seed governs. */
class Drifting extends layers.Layer {
  static readonly className: string = "DriftingOutputs";
  static calls = 0;
  override call(inputs: Tensor | Tensor[]): Tensor {
    const input = Array.isArray(inputs) ? (inputs[0] as Tensor) : inputs;
    return mul(input, 1 + ++Drifting.calls / 1000);
  }
}
serialization.registerClass(Drifting);

/** Draws by Math.random, which the seed controls during training. */
class Seeded extends Drifting {
  static override readonly className: string = "SeededOutputs";
  override call(inputs: Tensor | Tensor[]): Tensor {
    const input = Array.isArray(inputs) ? (inputs[0] as Tensor) : inputs;
    return mul(input, 1 + Math.random() / 1000);
  }
}
serialization.registerClass(Seeded);

const inputs = Array.from({ length: 60 }, (_, row) => [Math.sin(row), Math.cos(2 * row)]);
const targets = inputs.map(([a, b]) => (a as number) * (b as number));

async function causesOf(name: string, layer: () => layers.Layer) {
  const config = defineSubject({
    name,
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ units: 16, activation: "relu", inputShape: [2] }),
          layer(),
          layers.dense({ units: 1 }),
        ],
      }),
    examples: { train: { inputs, targets } },
    training: { optimizer: { name: "adam", learningRate: 0.01 }, steps: 200 },
  }).config();
  const { findings } = await examine(await createSubject(config), {
    thresholds: config.thresholds,
    bitExact: true,
  });
  return findings;
}

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("a layer that draws from where no seed reaches", () => {
  test("is the first cause, by its name", async () => {
    const [first] = await causesOf("drifting", () => new Drifting({ name: "drift" }));

    expect(first).toMatchObject({ cause: "unseeded-randomness" });
    expect(first?.evidence).toContain("the layer drift");
  });

  test("is not one that calls Math.random, which the seed controls", async () => {
    const findings = await causesOf("seeded", () => new Seeded({ name: "seeded" }));

    expect(findings.map(({ cause }) => cause)).not.toContain("unseeded-randomness");
  });
});
