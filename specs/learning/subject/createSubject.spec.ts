import { beforeAll, describe, expect, test } from "vitest";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { BuiltInConfig } from "../../../src/learning/config/schema.ts";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { onExamples } from "../../../src/learning/subject/subject.ts";

const small = {
  seed: 5,
  model: { imageSize: 8, channels: 1, filters: [2], kernelSize: 3, hiddenUnits: [] },
  data: { examples: 6, heldOut: 3, boxSize: 2, noise: 0.3 },
  training: { batchSize: 4, steps: 7, loss: { name: "mae" } },
};

beforeAll(async () => {
  await startEngine({ name: "cpu" });
});

describe("a subject", () => {
  test("takes its recipe from the config and nothing from anywhere else", () => {
    const config = parseConfig(small);

    const subject = createSubject(config as BuiltInConfig);

    expect(subject).toMatchObject({ name: "box-regression", seed: 5, ...config.training });
    expect(subject.train).toMatchObject({ count: 6, inputShape: [8, 8, 1], outputs: 2 });
    expect(subject.heldOut).toMatchObject({ count: 3, inputShape: [8, 8, 1], outputs: 2 });
  });

  test("has no held-out set, rather than an empty one, where the config asks for none", () => {
    const subject = createSubject(
      parseConfig({ ...small, data: { ...small.data, heldOut: 0 } }) as BuiltInConfig,
    );

    expect(subject.heldOut).toBeNull();
  });

  test("draws the same training set whatever the model and the held-out set, seed 5", () => {
    const config = parseConfig(small);
    const other = parseConfig({
      ...small,
      model: { ...small.model, filters: [3], hiddenUnits: [4], dropout: 0.5 },
      data: { ...small.data, heldOut: 1 },
    });

    expect(createSubject(other as BuiltInConfig).train).toEqual(createSubject(config as BuiltInConfig).train);
    expect(createSubject({ ...config, seed: 6 } as BuiltInConfig).train).not.toEqual(
      createSubject(config as BuiltInConfig).train,
    );
  });

  test("builds models that agree with its pictures and its targets", async () => {
    const subject = createSubject(parseConfig(small) as BuiltInConfig);

    const model = await subject.buildModel(subject.seed);

    expect(model.inputs[0]?.shape).toEqual([null, ...subject.train.inputShape]);
    expect(model.outputs[0]?.shape).toEqual([null, subject.train.outputs]);
    model.dispose();
  });
});

describe("a subject on a few of its examples", () => {
  test("has those alone, in one batch, for the steps asked for, and is otherwise the same", () => {
    const subject = createSubject(parseConfig(small) as BuiltInConfig);

    const few = onExamples(subject, [4, 1], 99);

    expect(few).toMatchObject({ batchSize: 2, steps: 99, heldOut: null, seed: 5, loss: { name: "mae" } });
    expect([...few.train.targets]).toEqual([
      ...subject.train.targets.slice(8, 10),
      ...subject.train.targets.slice(2, 4),
    ]);
    expect(subject).toMatchObject({ batchSize: 4, steps: 7, train: { count: 6 } });
  });
});
