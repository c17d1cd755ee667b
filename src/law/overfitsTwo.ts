import type { Evaluation } from "../training/evaluation.ts";
import { columnMeans } from "../training/statistics.ts";
import { farthestExample, targetOf } from "./farthestExample.ts";
import type { Law } from "./law.ts";
import { climb } from "./overfitting.ts";

/**
 * Mean squared error over the variance of the two targets: a constant scores 1. Reached in 240 of 240
 * healthy runs (12 configs, 20 seeds each) after at most 315 steps.
 */
const NEAR_ZERO = 0.01;

/**
 * The first rung that asks whether the output depends on the input: a network of zeros memorises one
 * example with its output biases, and fails here.
 */
export const overfitsTwo: Law = {
  name: "overfitsTwo",
  claim: "it tells two examples apart",
  async measure(context) {
    const { train } = context.subject;
    const first = farthestExample(train, columnMeans(train.targets, train.outputs)) ?? 0;
    const second = farthestExample(train, targetOf(train, first));
    if (second === null) return null;
    const variance = ({ targetVariance }: Evaluation) => targetVariance;
    return climb(context, { choices: [[first, second]], variance, threshold: NEAR_ZERO });
  },
};
