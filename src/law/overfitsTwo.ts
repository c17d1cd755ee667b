import type { Examples } from "../subject/examples.ts";
import type { Law } from "./law.ts";
import { climb } from "./overfitting.ts";

/** Mean squared error over the variance of the two targets: a constant scores 1. */
const NEAR_ZERO = 1e-3;

/**
 * The first rung that asks whether the output depends on the input: a network of zeros memorises one
 * example with its output biases, and fails here.
 */
export const overfitsTwo: Law = {
  name: "overfitsTwo",
  claim: "it tells two examples apart",
  async measure(context) {
    const other = farthestFromFirst(context.subject.train);
    if (other === null) return null;
    return climb(context, [0, other], ({ targetVariance }) => targetVariance, NEAR_ZERO);
  },
};

/** The example whose target is farthest from the first one's, so that the two truly differ; null if none does. */
function farthestFromFirst({ targets, outputs, count }: Examples): number | null {
  let farthest: number | null = null;
  let longest = 0;
  for (let example = 1; example < count; example++) {
    let distance = 0;
    for (let output = 0; output < outputs; output++) {
      distance += ((targets[example * outputs + output] as number) - (targets[output] as number)) ** 2;
    }
    if (distance > longest) {
      longest = distance;
      farthest = example;
    }
  }
  return farthest;
}
