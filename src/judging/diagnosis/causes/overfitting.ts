import { printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Cause } from "../cause.ts";
import { dropsUnits } from "../cure/dropsUnits.ts";
import { holdOutLess } from "../cure/shuffleBeforeSplitting.ts";
import { takeMoreRows } from "../cure/takeHeld.ts";

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
  cures: async (config) => [
    ...(await takeMoreRows(config)),
    await holdOutLess(config),
    changeConfig(config, {
      "data.examples": 4 * config.data.examples,
      "training.steps": 4 * config.training.steps,
    }),
    changeConfig(config, {
      "data.examples": 16 * config.data.examples,
      "training.steps": 4 * config.training.steps,
    }),
    // A model that other code has built, and that drops no units, has no rate to change.
    (await dropsUnits(config)) ? changeConfig(config, { "model.dropout": 0.2 }) : null,
    changeConfig(config, { "model.l2": 1e-3 }),
  ],
};
