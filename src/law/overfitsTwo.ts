import type { Evaluation } from "../training/evaluation.ts";
import { columnMeans } from "../training/statistics.ts";
import { farthestExample, targetOf } from "./farthestExample.ts";
import type { Law } from "./law.ts";
import { climb, NEAR_ZERO } from "./overfitting.ts";

/**
 * The first rung that asks whether the output depends on the input: a network of zeros memorises one
 * example with its output biases, and fails here.
 */
export const overfitsTwo: Law = {
  name: "overfitsTwo",
  trains: true,
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
