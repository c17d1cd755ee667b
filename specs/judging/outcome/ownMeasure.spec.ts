// A subject names the error that judges it. Each network that is right by its own measure has a twin that is not.

import type { Tensor } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { COUNT, checked, compass, cosine, directions, inputs, verdictOf } from "./compass.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("a network that learns a direction", () => {
  test("fails by a distance, since its predictions have any length, and learns by its own loss", async () => {
    const byDistance = await verdictOf(compass({ errorMeasure: "meanAbsoluteError" }));
    const byLoss = await verdictOf(compass());

    expect(byDistance.verdict).not.toBe("learns");
    expect(byLoss.verdict).toBe("learns");
    expect(byDistance.digest).toBe(byLoss.digest);
  });

  test.each(["cosineDistance", cosine] as const)("learns by its own measure %#", async (errorMeasure) => {
    const { verdict, holds, laws, run } = await checked(compass({ errorMeasure }));
    const judged = run.train.errorMeasure;

    expect(laws.filter((law) => !law.holds).map(({ name, detail }) => `${name}: ${detail}`)).toEqual([]);
    expect(verdict).toBe("learns");
    expect(holds).toBe(true);
    expect(judged?.name).toBe(errorMeasure === cosine ? "own error measure" : "cosineDistance");
    expect(judged?.error).toBeLessThan(0.1);
    expect(judged?.errorOfConstant).toBeGreaterThan(0.8);
  });

  test("does not learn by the same measure where the targets have nothing to do with the inputs", async () => {
    const shuffled = directions.map((_, row) => directions[(row * 101 + 7) % COUNT] as number[]);
    const { verdict, train } = await verdictOf(
      compass({ errorMeasure: "cosineDistance", examples: { train: { inputs, targets: shuffled } } }),
    );

    expect(verdict).not.toBe("learns");
    expect(train.errorMeasure?.ratio).toBeGreaterThan(0.3);
  });
});

describe("a wrong error measure is its author's fault, and says so before training", () => {
  const wrong: readonly (readonly [fault: string, measure: unknown, rule: RegExp])[] = [
    ["a mean over the examples", () => tf.scalar(0), /one error for each example/],
    ["another number of errors", () => tf.zeros([3]), /one error for each example/],
    ["no tensor", () => 0.5, /must return a tensor of one error for each example/],
    ["a promise", async () => tf.zeros([COUNT]), /at once/],
    [
      "an exception",
      () => {
        throw new Error("no such thing");
      },
      /errorMeasure threw: no such thing/,
    ],
    ["NaN", (y: Tensor, p: Tensor) => tf.mean(tf.log(tf.sub(tf.mul(y, p), 9)), 1), /0 or more/],
    ["an error below 0", (y: Tensor, p: Tensor) => tf.mean(tf.sub(p, y), 1), /0 or more/],
    [
      "an error where predictions equal targets",
      (y: Tensor, p: Tensor) => tf.add(0.5, tf.mean(tf.square(tf.sub(p, y)), 1)),
      /must be 0 where the predictions equal the targets/,
    ],
  ];

  test.each(wrong)("%s", async (_, errorMeasure, rule) => {
    const definition = compass({ errorMeasure: errorMeasure as never });

    await expect(checked(definition)).rejects.toMatchObject({
      name: "InputError",
      field: "subject compass",
      message: expect.stringMatching(rule),
    });
  });

  test("an unknown name", async () => {
    const definition = compass({ errorMeasure: "cosine" as never });

    expect(() => defineSubject(definition)).toThrow(/errorMeasure.*"cosineDistance"/);
    expect(() => defineSubject(compass()).config({ errorMeasure: "f1" as never })).toThrow(/errorMeasure/);
  });
});

test("a config may name the measure of any kind of subject", async () => {
  const config = { subject: "dense", errorMeasure: "meanAbsoluteError", training: { steps: 300 } } as const;
  const { run, laws, subject } = await check(config, { cures: false });
  const law = laws.find(({ name }) => name === "beatsTheMean");

  expect(subject.config?.errorMeasure).toBe("meanAbsoluteError");
  expect(law?.detail).toBe("meanAbsoluteError / that of the best constant");
  expect(law?.threshold).toBeCloseTo(Math.sqrt(0.2));
  expect(law?.measured).toBe(run.train.errorMeasure?.ratio);
});
