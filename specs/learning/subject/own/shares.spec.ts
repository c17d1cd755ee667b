// A mixture of two normal distributions: its weights are shares of one, and a loss does not say so.

import {
  add,
  div,
  exp,
  log,
  mean,
  mul,
  neg,
  slice,
  square,
  sub,
  sum,
  type Tensor,
} from "@tensorflow/tfjs-core";
import { input, layers, model } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { createLossMeasure } from "../../../../src/learning/measure/lossMeasure.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../../src/learning/subject/defineSubject.ts";
import { findShares } from "../../../../src/learning/subject/own/shares.ts";
import { targetParts } from "../../../../src/learning/subject/parts.ts";
import { train } from "../../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** Weights, means and logarithms of deviations of two normal distributions, side by side. */
function mixture(weights: "softmax" | "linear") {
  const start = input({ shape: [1] });
  const hidden = layers.dense({ units: 16, activation: "tanh" }).apply(start);
  const heads = [
    layers.dense({ units: 2, activation: weights }),
    layers.dense({ units: 2 }),
    layers.dense({ units: 2 }),
  ].map((layer) => layer.apply(hidden));
  return model({ inputs: start, outputs: layers.concatenate().apply(heads as never) as never });
}

const likelihood = (targets: Tensor, outputs: Tensor): Tensor => {
  const [weights, means, logs] = [0, 2, 4].map((from) => slice(outputs, [0, from], [-1, 2])) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  const densities = div(exp(mul(-0.5, square(div(sub(targets, means), exp(logs))))), exp(logs));
  return mean(neg(log(add(1e-9, sum(mul(weights, densities), 1)))));
};

function subjectOf(weights: "softmax" | "linear") {
  const inputs = Array.from({ length: 80 }, (_, row) => [row / 40 - 1]);
  return createSubject(
    defineSubject({
      name: `mixture-${weights}`,
      buildModel: () => mixture(weights),
      loss: likelihood,
      examples: {
        train: {
          inputs,
          targets: inputs.map(([x = 0], row) => [(row % 2 ? 1 : -1) * (1 + x / 2) + 0.1 * Math.sin(7 * row)]),
        },
      },
      training: { optimizer: { name: "adam", learningRate: 0.02 }, steps: 200, batchSize: 80 },
    } as never).config(),
  );
}

async function bestOf(weights: "softmax" | "linear") {
  const subject = await subjectOf(weights);
  const [part] = targetParts(subject.train);
  if (!part) throw new Error("the subject has one output");
  const best = await createLossMeasure(likelihood as never, subject.train, part, 1).best();
  return { subject, part, best };
}

test("the shares of a softmax among other numbers are found", () => {
  const built = mixture("softmax");
  expect(findShares(built)).toEqual([[{ from: 0, size: 2 }]]);
  built.dispose();
});

test("numbers that are no shares are not: the twin", () => {
  const built = mixture("linear");
  expect(findShares(built)).toEqual([[]]);
  built.dispose();
});

test("a constant keeps to shares, and a run that learns the mixture is judged to", async () => {
  const { subject, part, best } = await bestOf("softmax");
  const [one = 0, other = 0] = best.row;

  expect(part.shares).toEqual([{ from: 0, size: 2 }]);
  expect(one + other).toBeCloseTo(1, 4);
  const { outputs } = (await train(subject, { probes: false })).train;
  expect(outputs[0]?.measured?.error).toBeLessThan(outputs[0]?.measured?.errorOfConstant ?? 0);
});

test("without a softmax nothing bounds the weights: the twin", async () => {
  const { part, best } = await bestOf("linear");

  expect(part.shares).toBeUndefined();
  expect(Math.abs((best.row[0] ?? 0) + (best.row[1] ?? 0))).toBeGreaterThan(2);
});
