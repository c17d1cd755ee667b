import { isJudgedByItsLoss } from "../../learning/measure/lossMeasure.ts";
import { sizeOf, targetParts } from "../../learning/subject/parts.ts";
import { printShape } from "../evidence/printShape.ts";
import { atMost, type Law, notAsked } from "./law.ts";

/** A loss broadcasts outputs and targets that do not fit, and compares every output with every target, or fails. */
export const outputsFitTargets: Law = {
  name: "outputsFitTargets",
  claim: "it has an output for each target",
  async measure({ subject: { train } }) {
    if (train.misfit === undefined)
      return notAsked(
        targetParts(train).some(isJudgedByItsLoss)
          ? "its own loss is made for targets of another shape than its outputs"
          : "outputs and targets fit",
      );
    const { how, targets, part = 0 } = train.misfit;
    const outputs = targetParts(train)[part]?.shape ?? [];
    const [given, wanted] = [sizeOf(targets), sizeOf(outputs)];
    const which =
      how === "one-hot"
        ? `${given} targets in place of a class number`
        : given === wanted
          ? `outputs of shape ${printShape(outputs)}, targets of shape ${printShape(targets)}`
          : `${wanted} and ${given}`;
    return atMost(
      Math.max(1, Math.abs(wanted - given)),
      0,
      `outputs that have no target, or targets that have no output (${which})`,
    );
  },
};
