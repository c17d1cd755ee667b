import { fill, losses, mul, train as optimizers } from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { hashSubject } from "../../../../src/keeping/gate/inputs/subjectHash.ts";
import { parseConfig } from "../../../../src/learning/config/parseConfig.ts";
import type { Config } from "../../../../src/learning/config/schema.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../../src/learning/subject/defineSubject.ts";
import type { SubjectDefinition } from "../../../../src/learning/subject/subjectDefinition.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";
import { tinyConfig } from "../tinyConfig.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const hash = async (config: Config, trainFirst = true) =>
  hashSubject(await createSubject(config), trainFirst);

/** A subject of somebody's own, with a change. */
function own(changes: Partial<SubjectDefinition> = {}): Config {
  const inputs = Array.from({ length: 12 }, (_, row) => [row / 12, (row * 5) % 7]);
  return defineSubject({
    name: "hashed",
    buildModel: () => network("relu"),
    examples: { train: { inputs, targets: inputs.map(([x]) => x as number) } },
    training: { steps: 20 },
    ...changes,
  }).config();
}

function network(activation: "relu" | "tanh") {
  return sequential({
    layers: [layers.dense({ inputShape: [2], units: 4, activation }), layers.dense({ units: 1 })],
  });
}

describe("the hash of what a subject gives", () => {
  test("is the same each time, whatever was built before", async () => {
    for (const config of [
      parseConfig(tinyConfig()),
      own(),
      parseConfig({ data: { examples: 4, heldOut: 0 } }),
    ])
      expect(await hash(config)).toEqual(await hash(config));
    network("relu").dispose();
    expect(await hash(own())).toEqual(await hash(own()));
  });

  test("is another from another seed", async () => {
    const config = parseConfig(tinyConfig());

    const [one, two] = [await hash(config), await hash({ ...config, seed: 2 })];

    expect(one.given).not.toBe(two.given);
    expect(one.begun).not.toBe(two.begun);
  });

  const inputs = Array.from({ length: 12 }, (_, row) => [row / 12, (row * 5) % 7]);
  const targets = inputs.map(([x]) => x as number);

  test.each<[string, Partial<SubjectDefinition>]>([
    ["an input", { examples: { train: { inputs: inputs.with(3, [0.26, 1]), targets } } }],
    ["a target", { examples: { train: { inputs, targets: targets.with(11, 0.5) } } }],
    [
      "what is held out",
      { examples: { train: { inputs, targets }, heldOut: { inputs: [[1, 2]], targets: [1] } } },
    ],
    ["initial weights", { buildModel: () => fixed(0.25), keepWeights: true }],
  ])("shows %s", async (_, changes) => {
    const [before, after] = [await hash(own()), await hash(own(changes))];

    expect(after.given).not.toBe(before.given);
    expect(after.begun).not.toBe(before.begun);
  });

  test.each<[string, Partial<SubjectDefinition>]>([
    ["a layer's activation", { buildModel: () => network("tanh") }],
    ["a loss that is a function", { loss: (truth, predicted) => mul(losses.huberLoss(truth, predicted), 3) }],
    ["an optimizer that is a function", { optimizer: () => optimizers.adagrad(0.1) }],
  ])("shows %s, by the layers or by the first steps", async (_, changes) => {
    const [before, after] = [await hash(own()), await hash(own(changes))];

    expect(after.given).toBe(before.given);
    expect(after.begun).not.toBe(before.begun);
  });

  test("shows the second step of an optimizer, whose first is like another's", async () => {
    // The first step of Adam is the same whatever its first decay is.
    const adam = (decay: number) => own({ optimizer: () => optimizers.adam(0.1, decay) });

    expect((await hash(adam(0.9))).begun).not.toBe((await hash(adam(0.8))).begun);
    expect((await hash(adam(0.9), false)).begun).toBe((await hash(adam(0.8), false)).begun);
  });
});

function fixed(value: number) {
  const model = network("relu");
  const values = model.getWeights().map(({ shape }) => fill(shape, value));
  model.setWeights(values);
  for (const tensor of values) tensor.dispose();
  return model;
}
