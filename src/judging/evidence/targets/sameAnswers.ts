// Outputs that one layer makes of the same numbers answer every example alike, whatever their targets are.

import type { Evaluation } from "../../../learning/training/evaluation.ts";

/** Two outputs by their places that answer all examples with the very same numbers, which vary; null where there are none. */
export function findSameAnswers({ outputs }: Pick<Evaluation, "outputs">): readonly [number, number] | null {
  for (const [place, one] of outputs.entries()) {
    if (one.predictions.every((value) => value === one.predictions[0])) continue;
    const twin = outputs.findIndex(
      (other, at) =>
        at > place && areSame(one.predictions, other.predictions) && !areSame(one.targets, other.targets),
    );
    if (twin > place) return [place, twin];
  }
  return null;
}

function areSame(one: Float32Array, other: Float32Array): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at]);
}
