import { tensor2d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { judge } from "../../../src/judging/outcome/verdict.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import {
  createCheckedLoss,
  findOutsideLogarithm,
  LogarithmError,
} from "../../../src/learning/loss/logarithmDomain.ts";
import { createLoss } from "../../../src/learning/loss/loss.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

const MSLE = { name: "msle", epsilon: 1e-9 } as const;
const BOTH = { name: "mse+msle", alpha: 5, epsilon: 1e-9 } as const;

function checked(config: typeof MSLE | typeof BOTH | { name: "mse" }, y: number[][], p: number[][]): number {
  return tidy(() => createCheckedLoss(config)(tensor2d(y), tensor2d(p)).dataSync()[0] as number);
}

beforeAll(async () => {
  await startEngineUnderTest();
});

describe.each([MSLE, BOTH])("the checked loss $name", (config) => {
  test("names a negative target, its value, its place and what to do", () => {
    const ask = () => checked(config, [[0.5, 0.25, -0.75]], [[0.5, -1, 0.5]]);

    expect(ask).toThrow(LogarithmError);
    expect(ask).toThrow(
      `loss ${config.name}: every target must be above −epsilon, −1e-9, to have a logarithm, got -0.75 at index 2; map the targets into (0, 1], or take a loss without a logarithm`,
    );
  });

  test("names a negative prediction, and what to do", () => {
    expect(() => checked(config, [[0.5], [0.5]], [[0.5], [-0.125]])).toThrow(
      `loss ${config.name}: every prediction must be above −epsilon, −1e-9, to have a logarithm, got -0.125 at index 1; give the model an output that stays positive (sigmoid or softplus), or take a loss without a logarithm`,
    );
  });

  test("is the loss itself where there is a logarithm, down to 0 and a hair below", () => {
    for (const [y, p] of [
      [0.5, 0.25],
      [0, 0.5],
      [0.5, 0],
      [0.5, -5e-10],
    ] as const) {
      const plain = tidy(() => createLoss(config)(tensor2d([[y]]), tensor2d([[p]])).dataSync()[0]);

      expect(checked(config, [[y]], [[p]])).toBe(plain);
      expect(plain).toBeLessThan(Number.POSITIVE_INFINITY);
    }
  });

  test("still refuses unequal shapes first", () => {
    expect(() => checked(config, [[-0.5, 0.5]], [[0.5]])).toThrow("must have the shape of the targets");
  });
});

test("the checked loss mse takes any sign", () => {
  expect(checked({ name: "mse" }, [[-0.5]], [[0.5]])).toBe(1);
});

describe("a number has no logarithm", () => {
  test.each([
    [-1e-9, 0],
    [-2e-9, 0],
    [Number.NEGATIVE_INFINITY, 0],
  ])("at −epsilon and below: %d", (value, index) => {
    expect(findOutsideLogarithm(MSLE, [0.5], [value])).toEqual({ of: "prediction", index, value });
  });

  // NaN is the fault of something else: naming the logarithm would mislead.
  test.each([0, -9e-10, 1, Number.POSITIVE_INFINITY, Number.NaN])("but not at %d", (value) => {
    expect(findOutsideLogarithm(MSLE, [0.5], [value])).toBeNull();
  });
});

function subjectWith(model: object, data: object, steps = 40) {
  const config = parseConfig({
    model: { imageSize: 16, channels: 1, filters: [4, 8, 16], hiddenUnits: [12], ...model },
    data: { examples: 100, heldOut: 0, boxSize: 4, noise: 0.3, ...data },
    training: { loss: BOTH, steps },
  });
  return { subject: createSubject(config), thresholds: config.thresholds };
}

describe("a run whose loss asks for such a logarithm", () => {
  test("has diverged, and its trace names a negative target at step 0", async () => {
    const { subject, thresholds } = subjectWith({ outputActivation: "sigmoid" }, {});

    const run = await train(subject);

    expect(judge(run, thresholds)).toBe("diverged");
    expect(run.steps).toBe(0);
    expect(run.trace.outsideLogarithm).toMatchObject({ step: 0, of: "target" });
    expect(run.trace.outsideLogarithm?.value).toBeLessThan(0);
  });

  test("of a linear output has diverged at a negative prediction", async () => {
    const { subject, thresholds } = subjectWith({}, { targetRange: [0, 1] });

    const run = await train(subject);

    expect(judge(run, thresholds)).toBe("diverged");
    expect(run.trace.outsideLogarithm).toMatchObject({ step: run.steps, of: "prediction" });
    expect(run.trace.outsideLogarithm?.value).toBeLessThan(0);
  });

  // The twins: nothing is named where the output stays positive, nor where another loss overflowed.
  test("of a sigmoid on targets in [0, 1] names none", async () => {
    const { subject } = subjectWith({ outputActivation: "sigmoid" }, { targetRange: [0, 1] });

    const run = await train(subject);

    expect(run.finite).toBe(true);
    expect(run.trace).not.toHaveProperty("outsideLogarithm");
  });

  test("nor does an overflow of the squared error", async () => {
    const { subject } = subjectWith({ activation: "leakyRelu" }, {});

    const run = await train({
      ...subject,
      loss: { name: "mse" },
      optimizer: { name: "sgd", learningRate: 100, weightDecay: 0 },
    });

    expect(run.finite).toBe(false);
    expect(run.trace).not.toHaveProperty("outsideLogarithm");
  });
});

describe("a Poisson loss", () => {
  const find = (targets: number[], predictions: number[]) =>
    findOutsideLogarithm({ name: "poisson" }, targets, predictions);

  test("has no logarithm of a prediction below 0, for a count of 0 too", () => {
    expect(find([0, 3], [0.5, -0.25])).toEqual({ of: "prediction", index: 1, value: -0.25 });
    expect(find([0, 3], [-0.5, 2])).toEqual({ of: "prediction", index: 0, value: -0.5 });
  });

  test("takes predictions from 0 on, and none of the targets", () => {
    expect(find([-1, 3], [0, 2])).toBeNull();
  });
});
