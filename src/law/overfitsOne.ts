import { average, columnVariances } from "../training/statistics.ts";
import type { Law } from "./law.ts";
import { climb } from "./overfitting.ts";

/** Mean squared error on the example over Var(Y) of the whole training set. */
const NEAR_ZERO = 1e-3;

/**
 * The first rung. It proves little by itself, since the output biases alone can memorise one example;
 * what it catches is an output or an optimizer that cannot move to where the targets are.
 */
export const overfitsOne: Law = {
  name: "overfitsOne",
  claim: "it overfits one example to a loss near zero",
  measure(context) {
    const { targets, outputs } = context.subject.train;
    const variance = average(columnVariances(targets, outputs)) || 1;
    return climb(context, [0], () => variance, NEAR_ZERO);
  },
};
