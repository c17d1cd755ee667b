import { type Examples, firstExamples } from "../subject/examples.ts";
import type { Evaluation } from "../training/evaluation.ts";
import { columnMeans } from "../training/statistics.ts";
import { farthestExample, targetOf } from "./farthestExample.ts";
import { knownFromOwnRun } from "./knownFromOwnRun.ts";
import type { Law } from "./law.ts";
import { climb, NEAR_ZERO } from "./overfitting.ts";

/** Examples from which a pair is asked of the subject's own run. */
const FEW = 16;

/**
 * The first rung that asks whether the output depends on the input: a network of zeros memorises one
 * example with its output biases, and fails here. It holds as well where the subject's own run tells two of the first
 * few apart as surely.
 */
export const overfitsTwo: Law = {
  name: "overfitsTwo",
  trains: true,
  claim: "it tells two examples apart",
  async measure(context) {
    const { train } = context.subject;
    const pair = farthestPair(train);
    if (pair === null) return null;
    const variance = ({ targetVariance }: Evaluation) => targetVariance;
    const rung = await climb(context, { choices: [pair], variance, threshold: NEAR_ZERO });
    const near = rung.holds ? null : farthestPair(firstExamples(train, FEW));
    const known = { lossOverVariance: NEAR_ZERO, errorOverPrior: 0 };
    return (near && (await knownFromOwnRun(context, near, known))) ?? rung;
  },
};

/** The example farthest from the mean, and the one farthest from that; null where all targets are one. */
function farthestPair(examples: Examples): readonly [number, number] | null {
  const first = farthestExample(examples, columnMeans(examples.targets, examples.outputs)) ?? 0;
  const second = farthestExample(examples, targetOf(examples, first));
  return second === null ? null : [first, second];
}
