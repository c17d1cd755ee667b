import { printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Cause } from "../cause.ts";

export const overfitting: Cause<"overfitting"> = {
  name: "overfitting",
  claim: "it knows its training examples by heart and no others",
  examine({ run, fails, subject }) {
    if (fails !== "held-out" || !run.heldOut) return null;
    return {
      rank: "only training examples are predicted",
      evidence: `mean squared error ${printNumber(run.train.meanSquaredError)} on ${subject.train.count} training examples, ${printNumber(run.heldOut.meanSquaredError)} on held-out ones`,
    };
  },
  cures: (config) => [
    changeConfig(config, {
      "data.examples": 4 * config.data.examples,
      "training.steps": 4 * config.training.steps,
    }),
    changeConfig(config, {
      "data.examples": 16 * config.data.examples,
      "training.steps": 4 * config.training.steps,
    }),
    changeConfig(config, { "model.dropout": 0.2 }),
  ],
};
