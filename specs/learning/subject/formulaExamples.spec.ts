import { describe, expect, test } from "vitest";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { DenseConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";

/** The targets that formulas give. */
function targetsOf(formula: readonly string[], data: object = {}, outputs = 1): number[] {
  const config = {
    subject: "dense",
    model: { outputs },
    data: { examples: 20, heldOut: 5, formula, ...data },
  };
  return [...createSubject(parseConfig(config) as DenseConfig).train.targets];
}

describe("targets by formula", () => {
  test.each([
    ["0/0", "gives NaN for x0 = "],
    ["1/0", "gives Infinity for x0 = "],
    ["log(-1)", "gives NaN"],
    ["sqrt(x0 - 5)", "gives NaN for x0 = "],
    ["1e39", "gives 1.00e+39"],
    ["1e300 * x0", "e+"],
    ["exp(1000 * x0)", "for x0 = "],
    ["x0^-1e9", "gives Infinity"],
    ["9^9^9", "gives Infinity"],
  ])("that float32 cannot hold are refused, with what gave them: %s", (formula, rule) => {
    expect(() => targetsOf([formula])).toThrow("data.formula[0]: must give a number that float32 can hold");
    expect(() => targetsOf([formula])).toThrow(rule);
    expect(() => targetsOf(["x0", formula], {}, 2)).toThrow("data.formula[1]");
    expect(() => targetsOf([formula], { classification: true })).toThrow("data.formula[0]");
  });

  test("up to the largest are taken: the twin", () => {
    expect(targetsOf(["3.4e38"])).toEqual(Array(20).fill(Math.fround(3.4e38)));
    expect(targetsOf(["1e-60"])).toEqual(Array(20).fill(0));
  });

  test.each([
    ["pow(x0)", "pow takes 2 arguments, not 1"],
    ["round(x0, 16)", "whole number from 0 to 15"],
    [`${"(".repeat(400)}x0${")".repeat(400)}`, "nested more than 100 deep"],
    ["\u001b[31m x0", '"\\u001b"'],
    ["x0\u202e", "is no part of a formula"],
  ])("of a formula that is none are refused before anything is drawn: %j", (formula, rule) => {
    expect(() => targetsOf([formula])).toThrow("data.formula[0]: must be a formula such as");
    expect(() => targetsOf([formula])).toThrow(rule);
  });

  test("of classes are marked where they are, whatever the formula's number", () => {
    const classOf = (formula: string, outputs: number) =>
      targetsOf([formula], { examples: 1, classification: true }, outputs);

    expect(classOf("2", 4)).toEqual([0, 0, 1, 0]);
    expect(classOf("1.5", 4)).toEqual([0, 0, 1, 0]);
    expect(classOf("1e9", 4)).toEqual([0, 0, 0, 1]);
    expect(classOf("-5", 4)).toEqual([1, 0, 0, 0]);
    expect(classOf("1e9", 1)).toEqual([1]);
    expect(targetsOf(["0.1", "0.7", "0.7"], { examples: 1, classification: true }, 3)).toEqual([0, 1, 0]);
  });
});
