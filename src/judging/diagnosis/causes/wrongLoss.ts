import { printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { kindOf } from "../../../learning/config/kinds/kinds.ts";
import { measureLossDirection } from "../../evidence/lossDirection.ts";
import { findLossMisfit } from "../../evidence/lossFit.ts";
import type { Cause } from "../cause.ts";

export const wrongLoss: Cause<"wrong-loss"> = {
  name: "wrong-loss",
  claim: "the loss does not measure how far predictions are from targets",
  silent: true,
  async examine({ subject, survey, fails }) {
    const misfit = findLossMisfit(subject, survey.outputActivation);
    if (misfit?.change === "loss")
      return { rank: "loss does not fit outputs and targets", evidence: misfit.reason };
    if (typeof subject.loss === "function") {
      const direction = await measureLossDirection(subject.loss, subject.train.outputs);
      if (direction?.ignoresTargets)
        return { rank: "loss ignores the targets", evidence: "the loss does not depend on the targets" };
      if (direction && !direction.ignoresOrder && Math.abs(direction.cosine) < UNRELATED && fails) {
        return {
          rank: "loss is unrelated to the error",
          evidence: `its gradient has a cosine of ${printNumber(direction.cosine)} with the error's own`,
        };
      }
      return null;
    }
    if (fails === "training" && subject.train.classification && !subject.loss.name.endsWith("Crossentropy")) {
      return {
        rank: "squared loss on classes",
        evidence: `${subject.loss.name} on classes: its gradient vanishes on outputs that are surely wrong`,
      };
    }
    return null;
  },
  cures: (config) => {
    const loss = (name: string) => changeConfig(config, { "training.loss": { name } });
    if (!("classification" in config.data) || !config.data.classification) return [loss("mse")];
    const outputs = kindOf(config).outputs(config);
    const fitting =
      outputs === null ? CROSSENTROPIES : CROSSENTROPIES.slice(outputs === 1 ? 0 : 1).slice(0, 1);
    return [...fitting.map((fields) => changeConfig(config, fields)), loss("mse")];
  },
};

const UNRELATED = 0.1;

/**
 * The first suits a single output, the second one output for each class. If it is unknown which applies, both are
 * tried, and the wrong one does not cure.
 */
const CROSSENTROPIES = [
  { "training.loss": { name: "binaryCrossentropy" }, "model.outputActivation": "sigmoid" },
  { "training.loss": { name: "categoricalCrossentropy" }, "model.outputActivation": "softmax" },
];
