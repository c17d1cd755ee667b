// Outputs that are no predictions of their targets, judged by the loss that a project wrote for them.

import {
  add,
  exp,
  maximum,
  mean,
  mul,
  neg,
  slice,
  square,
  sub,
  type Tensor,
  tensor,
} from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../src/foundation/random/seedStream.ts";
import { check } from "../../src/judging/check/check.ts";
import type { CheckResult } from "../../src/judging/check/checkResult.ts";
import { defineSubject } from "../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const ROWS = 480;

/** A bent surface with noise whose size depends on the third column. */
function draw(scale: number, middle: number, noise: number) {
  const random = seedStream(3, "specs/ownLoss");
  const normal = () => Array.from({ length: 12 }, () => random.uniform()).reduce((sum, one) => sum + one, -6);
  const inputs = Array.from({ length: ROWS }, () => [0, 1, 2].map(() => 4 * random.uniform() - 2));
  const targets = inputs.map(
    ([a = 0, b = 0, c = 0]) =>
      middle + scale * (2 * a + Math.sin(2 * b) + noise * (0.3 + 0.2 * Math.abs(c)) * normal()),
  );
  return { train: part(0, 400), heldOut: part(400, ROWS) };
  function part(from: number, to: number) {
    return { inputs: inputs.slice(from, to), targets: targets.slice(from, to).map((target) => [target]) };
  }
}

type Loss = (targets: Tensor, predictions: Tensor) => Tensor;

const pinball: Loss = (targets, predictions) => {
  const shares = tensor([[0.1, 0.5, 0.9]]);
  const error = sub(targets, predictions);
  return mean(maximum(mul(shares, error), mul(sub(shares, 1), error)));
};

const upper: Loss = (targets, predictions) => {
  const error = sub(targets, predictions);
  return mean(maximum(mul(0.9, error), mul(-0.1, error)));
};

const likelihood: Loss = (targets, predictions) => {
  const [centre, logarithm] = [slice(predictions, [0, 0], [-1, 1]), slice(predictions, [0, 1], [-1, 1])];
  return mean(mul(0.5, add(logarithm, mul(square(sub(targets, centre)), exp(neg(logarithm))))));
};

interface Made {
  readonly units?: number;
  readonly rate?: number;
  readonly areZero?: boolean;
  readonly scale?: number;
  readonly middle?: number;
  /** How much more noise there is. */
  readonly noise?: number;
  readonly cures?: boolean;
}

function checked(
  loss: Loss,
  { units = 3, rate = 0.003, areZero, scale = 1, middle = 0, noise = 1, cures = false }: Made = {},
) {
  const kernel = areZero ? { kernelInitializer: "zeros" as const } : {};
  const subject = defineSubject({
    name: "own-loss",
    loss,
    examples: draw(scale, middle, noise),
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ inputShape: [3], units: 24, activation: "tanh", ...kernel }),
          layers.dense({ units: 24, activation: "tanh", ...kernel }),
          layers.dense({ units }),
        ],
      }),
    training: { optimizer: { name: "adam", learningRate: rate }, batchSize: 32, epochs: 40 },
  });
  return check(subject.config(), { cures });
}

const broken = ({ laws }: CheckResult) => laws.filter(({ holds }) => !holds).map(({ name }) => name);

describe("sound models", () => {
  test.each([
    ["three quantiles of one target", pinball, {}],
    ["three quantiles of a target in hundreds", pinball, { scale: 100, rate: 0.05 }],
    ["a mean and a variance", likelihood, { units: 2 }],
    ["one upper quantile, of the targets' own shape", upper, { units: 1, noise: 4 }],
  ] as readonly (readonly [string, Loss, Made])[])(
    "%s learn, and no law accuses them",
    async (_name, loss, made) => {
      const result = await checked(loss, made);

      expect({ verdict: result.verdict, broken: broken(result), causes: result.causes }).toEqual({
        verdict: "learns",
        broken: [],
        causes: [],
      });
      const reasons = new Map(result.notAsked.map(({ name, reason }) => [name, reason]));
      const laws = [
        "everyOutputVaries",
        "everyOutputFits",
        ...(made.units === 1 ? [] : ["reachesItsTargets"]),
      ];
      for (const law of laws) expect(reasons.get(law)).toContain("another shape than its targets");
    },
  );
});

describe("twins that do not learn", () => {
  test("a rate too low is found, and a higher one cures it", async () => {
    const { verdict, cause, cure } = await checked(pinball, { rate: 1e-6, cures: true });

    expect(verdict).not.toBe("learns");
    expect(cause?.name).toBe("learning-rate-too-low");
    expect(cure?.verdict).toBe("learns");
  });

  test("a quantile of the targets' own shape at a rate too low is found", async () => {
    const { verdict, cause } = await checked(upper, { units: 1, noise: 4, rate: 1e-6 });

    expect(verdict).not.toBe("learns");
    expect(cause?.name).toBe("learning-rate-too-low");
  });

  test("a quantile whose network cannot tell its inputs apart is found", async () => {
    const { verdict, cause } = await checked(upper, { units: 1, noise: 4, areZero: true });

    expect(verdict).toBe("collapsed");
    expect(cause?.name).toBe("symmetric-initialisation");
  });

  test("targets in thousands are found, which no output comes near", async () => {
    const { verdict, causes } = await checked(pinball, { scale: 300, middle: 4000 });

    expect(verdict).not.toBe("learns");
    expect(causes.map(({ name }) => name)).toContain("targets-not-normalised");
    expect(causes.map(({ name }) => name)).not.toContain("outputs-do-not-fit");
  });

  test("weights of zero are found", async () => {
    const { verdict, cause } = await checked(likelihood, { units: 2, areZero: true });

    expect(verdict).toBe("collapsed");
    expect(cause?.name).toBe("symmetric-initialisation");
  });

  test("the wrong sign is found by a constant that is never bad enough", async () => {
    const { verdict, cause } = await checked((targets, predictions) => neg(pinball(targets, predictions)));

    expect(verdict).not.toBe("learns");
    expect(cause?.name).toBe("gradient-of-the-wrong-sign");
    expect(cause?.evidence).toContain("falls without end");
  });

  test("a quantile that the loss leaves out is found", async () => {
    const { cause } = await checked((targets, predictions) => {
      const error = sub(targets, slice(predictions, [0, 0], [-1, 2]));
      const shares = tensor([[0.1, 0.9]]);
      return mean(maximum(mul(shares, error), mul(sub(shares, 1), error)));
    });

    expect(cause?.name).toBe("some-outputs-untrained");
    expect(cause?.evidence).toContain("output 2");
  });
});
