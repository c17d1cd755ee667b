// Losses of a project's own: sound ones, and ones that ask for something else than the targets.

import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { diagnose } from "../../../../src/judging/diagnosis/diagnose.ts";
import { checkLaws } from "../../../../src/judging/law/checkLaws.ts";
import { lossFits } from "../../../../src/judging/law/lossFits.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../../src/learning/subject/defineSubject.ts";
import type { SubjectDefinition } from "../../../../src/learning/subject/subjectDefinition.ts";
import { train } from "../../../../src/learning/training/train.ts";

type Loss = (y: tf.Tensor, p: tf.Tensor) => tf.Tensor;
type Activation = "linear" | "sigmoid" | "softmax" | "relu";

const COUNT = 128;
const inputs = Array.from({ length: COUNT }, (_, row) => [Math.sin(row), Math.cos(2.3 * row)]);
const at = (row: readonly number[]) => row as readonly [number, number];
const numbers = inputs.map((row) => [2 * at(row)[0] - at(row)[1] + 0.5]);
const shares = numbers.map(([y]) => [((y as number) + 3) / 7]);
const signs = inputs.map((row) => [at(row)[0] > at(row)[1] ? 1 : -1]);
const labels = signs.map(([y]) => [((y as number) + 1) / 2]);
const classOf = (row: readonly number[]) => (at(row)[0] > 0.4 ? 0 : at(row)[1] > 0 ? 1 : 2);
const oneHot = inputs.map((row) => [0, 1, 2].map((label) => Number(label === classOf(row))));
const directions = inputs.map((row) => {
  const angle = 1.5 * at(row)[0] + at(row)[1];
  return [Math.cos(angle), Math.sin(angle)];
});
const counts = inputs.map((row) => [Math.round(3 + 2 * at(row)[0])]);

const TARGETS = { numbers, shares, signs, labels, oneHot, directions, counts } as const;
type TargetName = keyof typeof TARGETS;

/** A small network that learns these targets by this loss. */
export function definition(
  [target, activation]: readonly [TargetName, Activation],
  loss: Loss,
  changes: Partial<SubjectDefinition> = {},
): SubjectDefinition {
  const targets = TARGETS[target];
  return {
    name: "own-loss",
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ units: 16, activation: "tanh", inputShape: [2] }),
          layers.dense({ units: (targets[0] as number[]).length, activation }),
        ],
      }),
    examples: { train: { inputs, targets } },
    classification: target === "labels" || target === "oneHot",
    loss,
    training: { steps: 300, optimizer: { name: "adam", learningRate: 0.02 } },
    ...changes,
  };
}

/** The subject, and its run. */
export async function trained(of: SubjectDefinition) {
  const config = defineSubject(of).config();
  const subject = await createSubject(config);
  return { config, subject, run: await train(subject) };
}
type Trained = Awaited<ReturnType<typeof trained>>;

/** Diagnoses a run as if it failed: no error is below 0. */
export async function failingFindings({ config, subject, run }: Trained) {
  const thresholds = { ...config.thresholds, lossOverVariance: 0 };
  const findings = await diagnose(subject, run, { thresholds, verdict: "stalled" });
  return findings.filter(({ cause }) => cause === "wrong-loss").map(({ evidence }) => evidence);
}

/** What the law says of the loss; null where it is not asked. */
export async function lossFitsOf({ config, subject, run }: Trained) {
  const { laws } = await checkLaws(subject, { ...config, bitExact: true, laws: [lossFits], run });
  return laws[0] ?? null;
}

const { add, clipByValue, cos, div, log, mean, mul, neg, norm, relu, sub, square, sum } = tf;
const clipped = (p: tf.Tensor) => clipByValue(p, 1e-6, 1 - 1e-6);
const bce: Loss = (y, p) => neg(mean(add(mul(y, log(clipped(p))), mul(sub(1, y), log(sub(1, clipped(p)))))));
const smoothed = (y: tf.Tensor, classes: number) => add(mul(0.9, y), 0.1 / classes);
export const cosineDistance: Loss = (y, p) => {
  const unit = (table: tf.Tensor) => div(table, add(norm(table, 2, -1, true), 1e-6));
  return mean(sub(1, sum(mul(unit(y), unit(p)), -1)));
};
export const periodic: Loss = (y, p) => mean(sub(1, cos(sub(p, y))));

/** Each with its targets, and the activation of the outputs. */
export const sound: readonly (readonly [name: string, readonly [TargetName, Activation], Loss])[] = [
  ["mean squared error", ["numbers", "linear"], (y, p) => mean(square(sub(p, y)))],
  ["root mean squared error", ["numbers", "linear"], (y, p) => tf.sqrt(add(mean(square(sub(p, y))), 1e-9))],
  ["mean absolute error", ["numbers", "linear"], (y, p) => mean(tf.abs(sub(p, y)))],
  ["Huber", ["numbers", "linear"], (y, p) => tf.losses.huberLoss(y, p)],
  ["log-cosh", ["numbers", "linear"], (y, p) => mean(log(tf.cosh(sub(p, y))))],
  [
    "pinball of 0.9",
    ["numbers", "linear"],
    (y, p) => mean(tf.maximum(mul(0.9, sub(y, p)), mul(-0.1, sub(y, p)))),
  ],
  [
    "squared logarithmic error",
    ["counts", "relu"],
    (y, p) => mean(square(sub(log(add(1, p)), log(add(1, y))))),
  ],
  ["Poisson", ["counts", "relu"], (y, p) => mean(sub(p, mul(y, log(add(p, 1e-3)))))],
  ["weighted squared error", ["shares", "sigmoid"], (y, p) => mean(mul(add(1, y), square(sub(p, y))))],
  ["binary crossentropy", ["labels", "sigmoid"], bce],
  ["binary crossentropy of shares", ["shares", "sigmoid"], bce],
  ["binary crossentropy with logits", ["labels", "linear"], (y, p) => tf.losses.sigmoidCrossEntropy(y, p)],
  ["smoothed binary crossentropy", ["labels", "sigmoid"], (y, p) => bce(smoothed(y, 2), p)],
  ["dice", ["labels", "sigmoid"], (y, p) => sub(1, div(mul(2, sum(mul(y, p))), add(sum(add(y, p)), 1e-6)))],
  [
    "focal",
    ["labels", "sigmoid"],
    (y, p) => {
      const right = clipped(add(mul(y, p), mul(sub(1, y), sub(1, p))));
      return neg(mean(mul(square(sub(1, right)), log(right))));
    },
  ],
  ["squared error of probabilities", ["oneHot", "softmax"], (y, p) => mean(square(sub(p, y)))],
  ["categorical crossentropy", ["oneHot", "softmax"], (y, p) => neg(mean(sum(mul(y, log(clipped(p))), -1)))],
  [
    "smoothed categorical crossentropy",
    ["oneHot", "softmax"],
    (y, p) => neg(mean(sum(mul(smoothed(y, 3), log(clipped(p))), -1))),
  ],
  ["softmax crossentropy with logits", ["oneHot", "linear"], (y, p) => tf.losses.softmaxCrossEntropy(y, p)],
  [
    "Kullback-Leibler divergence",
    ["oneHot", "softmax"],
    (y, p) => mean(sum(mul(clipped(y), sub(log(clipped(y)), log(clipped(p)))), -1)),
  ],
  ["hinge", ["signs", "linear"], (y, p) => mean(relu(sub(1, mul(y, p))))],
];

/** Each with what a finding says of it. */
export const broken: readonly (readonly [
  name: string,
  readonly [TargetName, Activation],
  Loss,
  evidence: RegExp,
])[] = [
  [
    "doubles the targets",
    ["numbers", "linear"],
    (y, p) => mean(square(sub(p, mul(2, y)))),
    /lower for 2 × the targets/,
  ],
  [
    "halves the targets",
    ["numbers", "linear"],
    (y, p) => mean(square(sub(mul(2, p), y))),
    /lower for half the targets/,
  ],
  [
    "aims beside the targets",
    ["numbers", "linear"],
    (y, p) => mean(square(sub(p, add(y, 2)))),
    /lower for targets that are one standard deviation larger/,
  ],
  ["turns the sign", ["numbers", "linear"], (y, p) => mean(square(add(p, y))), /lower for/],
  [
    "compares squares",
    ["numbers", "linear"],
    (y, p) => mean(square(sub(square(p), square(y)))),
    /other sign/,
  ],
  [
    "adds a margin that pulls outwards",
    ["numbers", "linear"],
    (y, p) => mean(square(sub(p, add(y, mul(1.5, tf.sign(y)))))),
    /lower for/,
  ],
  [
    "shrinks to the mean",
    ["numbers", "linear"],
    (y, p) => mean(square(sub(p, mul(0.3, y)))),
    /lower for half/,
  ],
  [
    "sees the direction alone",
    ["directions", "linear"],
    (y, p) => cosineDistance(y, div(p, 40)),
    /multiplied by 2/,
  ],
  [
    "sees the remainder alone",
    ["numbers", "linear"],
    (y, p) => mean(sub(1, cos(mul(2 * Math.PI, sub(mul(5, p), y))))),
    /turned by|lower for/,
  ],
  [
    "sees differences alone",
    ["numbers", "linear"],
    (y, p) => mean(square(sub(sub(p, mean(p)), sub(y, mean(y))))),
    /shifted alike|examples of a batch|targets/,
  ],
  [
    "takes a softmax of a softmax",
    ["oneHot", "softmax"],
    (y, p) => tf.losses.softmaxCrossEntropy(y, p),
    /takes raw scores/,
  ],
  [
    "takes a sigmoid of a sigmoid",
    ["labels", "sigmoid"],
    (y, p) => tf.losses.sigmoidCrossEntropy(y, p),
    /takes raw scores/,
  ],
];

/** A network whose outputs are long, whatever their direction. */
export function longArrows() {
  return sequential({
    layers: [
      layers.dense({ units: 16, activation: "tanh", inputShape: [2] }),
      layers.dense({ units: 2 }),
      layers.rescaling({ scale: 40 }),
    ],
  });
}
