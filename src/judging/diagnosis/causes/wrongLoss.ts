import { printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { kindOf } from "../../../learning/config/kinds/kinds.ts";
import { measureLossDirection } from "../../evidence/lossDirection.ts";
import { findLossMisfit } from "../../evidence/lossFit.ts";
import type { Output } from "../../evidence/outputs.ts";
import type { Case, Cause, Suspicion } from "../cause.ts";

export const wrongLoss: Cause<"wrong-loss"> = {
  name: "wrong-loss",
  claim: "the loss does not measure how far predictions are from targets",
  silent: true,
  async examine({ outputs, fails }) {
    for (const output of outputs) {
      const suspicion = await examineOutput(output, fails);
      if (suspicion) return suspicion;
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

async function examineOutput(output: Output, fails: Case["fails"]): Promise<Suspicion | null> {
  const { loss, part, prefix } = output;
  const misfit = findLossMisfit(output);
  if (misfit?.change === "loss")
    return { rank: "loss does not fit outputs and targets", evidence: misfit.reason };
  if (typeof loss === "function") {
    const direction = await measureLossDirection(loss, part.shape);
    if (direction?.ignoresTargets)
      return {
        rank: "loss ignores the targets",
        evidence: `${prefix}the loss does not depend on the targets`,
      };
    if (direction && !direction.ignoresOrder && Math.abs(direction.cosine) < UNRELATED && fails) {
      return {
        rank: "loss is unrelated to the error",
        evidence: `${prefix}its gradient has a cosine of ${printNumber(direction.cosine)} with the error's own`,
      };
    }
    return null;
  }
  if (fails === "training" && part.classification && !loss.name.endsWith("Crossentropy")) {
    return {
      rank: "squared loss on classes",
      evidence: `${prefix}${loss.name} on classes: its gradient vanishes on outputs that are surely wrong`,
    };
  }
  return null;
}

/**
 * The first suits a single output, the second one output for each class. If it is unknown which applies, both are
 * tried, and the wrong one does not cure.
 */
const CROSSENTROPIES = [
  { "training.loss": { name: "binaryCrossentropy" }, "model.outputActivation": "sigmoid" },
  { "training.loss": { name: "categoricalCrossentropy" }, "model.outputActivation": "softmax" },
];
