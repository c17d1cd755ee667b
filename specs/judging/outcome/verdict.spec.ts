import { describe, expect, test } from "vitest";
import { judge } from "../../../src/judging/outcome/verdict.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { Evaluation } from "../../../src/learning/training/evaluation.ts";

const { thresholds } = parseConfig({});

function run(varianceRatio: number | null, lossOverVariance: number | null, changes: object = {}) {
  return { finite: true, train: evaluationOf(output(varianceRatio, lossOverVariance, changes)) };
}

function output(varianceRatio: number | null, lossOverVariance: number | null, changes: object = {}): object {
  return {
    varianceRatio,
    lossOverVariance,
    varianceRatios: [varianceRatio],
    errorOverVariances: [lossOverVariance],
    errorOverPrior: null,
    classes: null,
    measured: null,
    shape: [1],
    targets: new Float32Array(),
    predictions: new Float32Array(),
    meanSquaredError: 0.2 * (lossOverVariance ?? 0),
    ...changes,
  };
}

function evaluationOf(...outputs: object[]): Evaluation {
  return { ...outputs[0], outputs } as unknown as Evaluation;
}

describe("the verdict", () => {
  test.each([
    [1, 0.01, "learns"],
    [0.06, 0.199, "learns"],
    [0.049, 1, "collapsed"],
    [0, 1000, "collapsed"],
    [0.05, 0.2, "stalled"],
    [0.5, 9.9, "stalled"],
    [0.05, 10.1, "diverged"],
    [4, 1e9, "diverged"],
  ])("of a variance ratio of %d and an error of %d Var(Y) is %s", (ratio, loss, verdict) => {
    expect(judge(run(ratio, loss), thresholds)).toBe(verdict);
  });

  test("is diverged where a loss, a weight or the error is not finite, whatever the predictions", () => {
    expect(judge({ ...run(1, 0.01), finite: false }, thresholds)).toBe("diverged");
    expect(judge(run(Number.NaN, Number.NaN, { meanSquaredError: Number.NaN }), thresholds)).toBe("diverged");
  });

  test("of a run whose quiet output is surely worse than its own mean is stalled, however small the error of the whole", () => {
    const targets = Float32Array.from({ length: 128 }, (_, index) => (index >> 1) % 2);
    const quiet = (off: number) => {
      const predictions = targets.map((target, index) => (index % 2 === 0 ? target : 0.5 + off));
      const errorOverVariances = [0.01, 1 + off ** 2 / 0.25];
      return run(1, 0.01, { examples: 64, targets, predictions, errorOverVariances });
    };

    expect(judge(quiet(0.4), thresholds)).toBe("stalled");
    expect(judge(quiet(0.15), thresholds)).toBe("learns");
    expect(judge(quiet(0), thresholds)).toBe("stalled");
  });

  test("leaves out an output that is rarely anything else: two examples of 64 tell too little", () => {
    const targets = Float32Array.from({ length: 128 }, (_, index) =>
      index % 2 === 0 ? (index >> 1) % 2 : Number(index < 4),
    );
    const rare = run(1, 0.01, { examples: 64, targets, errorOverVariances: [0.01, 1.1] });

    expect(judge(rare, thresholds)).toBe("learns");
  });

  test("on targets that do not vary asks for an error near zero", () => {
    expect(judge(run(null, null, { meanSquaredError: 1e-5 }), thresholds)).toBe("learns");
    expect(judge(run(null, null, { meanSquaredError: 0.1 }), thresholds)).toBe("stalled");
  });

  test.each([
    ["learns if every output learns", [1, 0.01], [1, 0.01], "learns"],
    [
      "is stalled if one output is worse than its mean, however good the others",
      [1, 0.001],
      [1, 1.1],
      "stalled",
    ],
    ["is stalled if one output collapses and another learns not enough", [0, 1], [1, 0.5], "stalled"],
    ["has collapsed if every output that does not learn has", [0, 1], [1, 0.01], "collapsed"],
    ["has diverged if one output has", [1, 0.01], [4, 1e9], "diverged"],
  ] as const)("of several outputs %s", (_, first, second, verdict) => {
    const train = evaluationOf(output(first[0], first[1]), output(second[0], second[1]));

    expect(judge({ finite: true, train }, thresholds)).toBe(verdict);
  });

  test("follows the config's thresholds", () => {
    expect(judge(run(0.08, 0.9), { ...thresholds, varianceRatio: 0.1 })).toBe("collapsed");
    expect(judge(run(0.8, 0.3), { ...thresholds, lossOverVariance: 0.5 })).toBe("learns");
  });
});
