// Directions on a circle, and a network that learns them by an error of its own.

import type { Tensor } from "@tensorflow/tfjs-core";
import * as tf from "@tensorflow/tfjs-core";
import { layers, sequential } from "@tensorflow/tfjs-layers";
import { check } from "../../../src/judging/check/check.ts";
import { summariseEvaluation } from "../../../src/judging/check/evaluationSummary.ts";
import { judge } from "../../../src/judging/outcome/verdict.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import type { SubjectDefinition } from "../../../src/learning/subject/subjectDefinition.ts";
import { train } from "../../../src/learning/training/train.ts";

/** How many examples there are. */
export const COUNT = 192;
/** Angles that are spread over the whole circle, without an order. */
export const angles = Array.from({ length: COUNT }, (_, row) => ((row * 137.508) % 360) - 180);
/** The points of the circle at these angles. */
export const inputs = angles.map((degrees) => [Math.cos(rad(degrees)), Math.sin(rad(degrees))]);
/** The direction of an input, turned by 40 degrees. */
export const directions = angles.map((degrees) => [Math.cos(rad(degrees + 40)), Math.sin(rad(degrees + 40))]);

function rad(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** One minus the cosine of the angle between two directions, of each example. */
export const cosine = (targets: Tensor, predictions: Tensor) => {
  const unit = (table: Tensor) => tf.div(table, tf.add(tf.norm(table, 2, -1, true), 1e-7));
  return tf.sub(1, tf.sum(tf.mul(unit(targets), unit(predictions)), -1)) as Tensor;
};

/** A network that learns directions and nothing else: the length of its predictions is what it happens to be. */
export const compass = (changes: Partial<SubjectDefinition> = {}): SubjectDefinition => ({
  name: "compass",
  buildModel: () =>
    sequential({
      layers: [
        layers.dense({ units: 16, activation: "tanh", inputShape: [2] }),
        layers.dense({ units: 2 }),
        layers.rescaling({ scale: 40 }),
      ],
    }),
  examples: { train: { inputs, targets: directions } },
  loss: cosine,
  training: { steps: 300, optimizer: { name: "adam", learningRate: 0.01 } },
  ...changes,
});

/** All that `check` says, but for a cure. */
export const checked = (definition: SubjectDefinition) =>
  check(defineSubject(definition).config(), { cures: false });

/** The verdict alone, without laws and diagnosis. */
export async function verdictOf(definition: SubjectDefinition) {
  const config = defineSubject(definition).config();
  const run = await train(createSubject(config), { probes: false });
  return {
    verdict: judge(run, config.thresholds),
    train: summariseEvaluation(run.train),
    digest: run.digest,
  };
}
