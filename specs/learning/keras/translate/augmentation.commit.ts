// Layers that change images change them in training alone, each by itself, and differently under another seed.

import { tensor, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { check } from "../../../../src/judging/check/check.ts";
import { changeConfig } from "../../../../src/learning/config/changeConfig.ts";
import { drawTransform, placesOf } from "../../../../src/learning/keras/layers/imageTransform.ts";
import { defineProgram } from "../../../../src/learning/keras/translate/defineProgram.ts";
import { translateProgram } from "../../../../src/learning/keras/translate/translateProgram.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { noteVariables } from "../../../../src/learning/subject/disposeModel.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const SIDE = 6;

/** Images that are bright in one of their quarters, which is their class, behind a layer that changes them. */
function quarters(name: string, class_name: string, settings: object) {
  const layer = (class_name: string, config: object) => ({
    class_name,
    config: { trainable: true, ...config },
  });
  const program = translateProgram({
    framework: { name: "keras", version: "3.15.1", backend: "tensorflow" },
    model: {
      class_name: "Sequential",
      config: {
        name: "net",
        layers: [
          layer("InputLayer", { name: "in", batch_shape: [null, SIDE, SIDE, 1] }),
          layer(class_name, { name: "change", ...settings, data_format: "channels_last", seed: null }),
          layer("Flatten", { name: "flat" }),
          layer("Dense", { name: "hidden", units: 12, activation: "relu", use_bias: true }),
          layer("Dense", { name: "out", units: 4, activation: "softmax", use_bias: true }),
        ],
      },
    },
    compile: {
      loss: "sparse_categorical_crossentropy",
      optimizer: { class_name: "Adam", config: { learning_rate: 0.01 } },
    },
    fit: { batch_size: 20, epochs: 15 },
  });
  const random = seedStream(4, "quarters");
  const labels = Array.from({ length: 200 }, (_, row) => row % 4);
  const isIn = (quarter: number, pixel: number) =>
    Math.floor((2 * Math.floor(pixel / SIDE)) / SIDE) * 2 + Math.floor((2 * (pixel % SIDE)) / SIDE) ===
    quarter;
  const values = labels.flatMap((label) =>
    Array.from(
      { length: SIDE * SIDE },
      (_, pixel) => 0.2 * random.uniform() + (isIn(label, pixel) ? 0.4 : 0),
    ),
  );
  const x = [{ shape: [200, SIDE, SIDE, 1], values: Float32Array.from(values) }];
  const y = [{ shape: [200, 1], values: Float32Array.from(labels) }];
  return defineProgram(program, { x, y }, { name }).config();
}

describe("a layer that flips images", () => {
  test("hands them on as they are in evaluation, and changes each by itself in training", async () => {
    const subject = await createSubject(quarters("flip-modes", "RandomFlip", { mode: "vertical" }));
    const dispose = noteVariables();
    const model = await subject.buildModel(1);
    const images = tensor(subject.train.inputs.slice(0, 20 * SIDE * SIDE), [20, SIDE, SIDE, 1]);
    const flip = model.getLayer("change");
    const pass = (training: boolean) =>
      tidy(() => (flip.apply(images, { training }) as typeof images).dataSync());
    const given = images.dataSync();
    const size = SIDE * SIDE;
    const isKept = (of: ArrayLike<number>, image: number) =>
      given.slice(image * size, (image + 1) * size).every((value, at) => value === of[image * size + at]);
    const trained = pass(true);
    const kept = Array.from({ length: 20 }, (_, image) => image).filter((image) => isKept(trained, image));

    expect([...pass(false)]).toEqual([...given]);
    expect(kept.length).toBeGreaterThan(2);
    expect(kept.length).toBeLessThan(18);
    images.dispose();
    dispose(model);
  });

  test("is named where it changes what the targets ask for, and leaving it out is the proven cure", async () => {
    const { causes, cure } = await check(
      quarters("flip-the-answer", "RandomFlip", { mode: "horizontal_and_vertical" }),
    );

    expect(causes[0]).toMatchObject({ name: "too-much-regularisation", status: "proven" });
    expect(causes[0]?.evidence).toContain("change changes what passes");
    expect(cure?.change).toContain("neither noise nor augmentation");
  });

  test("is not where the targets do not ask for it: the twin", async () => {
    const { verdict, causes } = await check(
      quarters("brighten", "RandomBrightness", { factor: [-0.1, 0.1], value_range: [0, 1] }),
    );

    expect(verdict).toBe("learns");
    expect(causes).toEqual([]);
  });

  test("rests where a config says so", () => {
    const changed = changeConfig(quarters("flip-rests", "RandomFlip", { mode: "vertical" }), {
      "rework.dropout": 0,
    });

    expect(changed?.description).toContain("neither noise nor augmentation");
  });
});

describe("where pixels come from", () => {
  const still = { height: 2, width: 3 };

  test("is where they are without a change, and beyond the edge nothing is read of a constant", () => {
    const [{ taps, missing }, moved] = [
      placesOf([drawTransform({}, () => 0.5)], still, {}),
      placesOf([drawTransform({ rows: [0.5, 0.5] }, () => 0.5)], still, { fillMode: "constant" }),
    ];

    expect([...(taps[0]?.places ?? [])]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...(taps[0]?.shares ?? [])]).toEqual([1, 1, 1, 1, 1, 1]);
    expect([...missing]).toEqual([0, 0, 0, 0, 0, 0]);
    expect([...moved.missing]).toEqual([1, 1, 1, 0, 0, 0]);
  });
});
