import { printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { kindOf } from "../../../learning/config/kinds/kinds.ts";
import type { Cause } from "../cause.ts";
import { addUnderRoots } from "../change.ts";

export const logOfANegative: Cause<"log-of-a-negative"> = {
  name: "log-of-a-negative",
  claim: "the loss takes the logarithm of a number that has none",
  examine({ run }) {
    const { outsideLogarithm } = run.trace;
    if (!outsideLogarithm) return null;
    const { of, value, step } = outsideLogarithm;
    return {
      rank: value < 0 ? "logarithm of a negative" : "logarithm of 0",
      evidence: `at step ${step} a ${of} of ${printNumber(value)} had no logarithm`,
    };
  },
  byHand:
    "let the number stay positive: give it a softplus or an exponential, or predict its logarithm and leave the loss's own logarithm out",
  cures: (config) => [
    addUnderRoots(config),
    // Counts have no bound above, so that their loss wants an output that is positive, and not one below 1.
    config.training.loss.name === "poisson"
      ? changeConfig(config, { "model.outputActivation": "softplus" })
      : null,
    changeConfig(config, {
      "model.outputActivation": "sigmoid",
      ...kindOf(config).unitTargets,
    }),
    changeConfig(config, { "training.loss": { name: "mse" } }),
  ],
};
