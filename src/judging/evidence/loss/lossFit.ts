import { classesOf } from "../../../learning/subject/parts.ts";
import { isChangedBehind } from "../../../learning/training/heads.ts";
import type { Output } from "../targets/outputs.ts";
import { everyGroupSumsToOne } from "../targets/sumsToOne.ts";

/** Why a loss does not suit the targets or the output activation. */
export interface LossMisfit {
  /** The part that has to change. */
  readonly change: "loss" | "output activation";
  /** One sentence. */
  readonly reason: string;
}

/**
 * Checks that the loss of an output gets the targets and the predictions that it is made for, such as probabilities for a
 * crossentropy. Returns null if nothing is wrong.
 */
export function findLossMisfit({
  loss,
  train,
  activation: outputActivation,
  beforeLink,
  group,
  part,
  prefix,
}: Output): LossMisfit | null {
  if (typeof loss === "function") return null;
  const activation = outputActivation.toLowerCase();
  const misfit = (change: LossMisfit["change"], reason: string): LossMisfit => ({
    change,
    reason: `${prefix}${loss.name}: ${reason}`,
  });
  // What a layer behind the activation makes of the outputs, only that layer knows.
  const activationMisfit = (reason: string) =>
    isChangedBehind(outputActivation) ? null : misfit("output activation", reason);
  const raw = beforeLink?.toLowerCase();
  if (raw === "sigmoid" || raw === "softmax")
    return misfit(
      "loss",
      `it takes logits, and the outputs (${beforeLink}) are probabilities already; leave fromLogits out`,
    );
  const isProbability = activation === "sigmoid" || activation === "softmax";
  switch (loss.name) {
    case "binaryCrossentropy":
      if (outsideUnit(train.targets)) return misfit("loss", "the targets are not probabilities from 0 to 1");
      if (activation === "softmax" && group > 1) {
        // Where several targets of an example may be 1, the loss asks each by itself as it should, and the units may not compete.
        if (!everyGroupSumsToOne(train.targets, group))
          return activationMisfit(
            "the outputs compete (softmax), and the targets of an example do not sum to 1",
          );
        // Of two units that sum to 1, each asks the same: this is the categorical crossentropy.
        if (group > 2) return misfit("loss", "the outputs compete (softmax), and it asks each by itself");
      }
      if (!isProbability) return activationMisfit(`the outputs (${outputActivation}) are no probabilities`);
      return null;
    case "categoricalCrossentropy":
      if (classesOf(part) === 1)
        return misfit("loss", "over a single output it is 0 whatever the prediction");
      if (outsideUnit(train.targets) || !everyGroupSumsToOne(train.targets, group))
        return misfit("loss", "the targets are no probabilities that sum to 1");
      if (activation !== "softmax")
        return activationMisfit(
          `the outputs (${outputActivation}) do not sum to 1: only softmax makes them compete`,
        );
      return null;
    case "hinge":
    case "squaredHinge":
      return train.targets.every((target) => Math.abs(target) === 1)
        ? null
        : misfit("loss", "the targets are not −1 and 1: a target of 0 gives no gradient at all");
    case "categoricalHinge":
      return outsideUnit(train.targets) || !everyGroupSumsToOne(train.targets, classesOf(part))
        ? misfit("loss", "the targets of an example are not a single 1 among zeros")
        : null;
    case "kullbackLeiblerDivergence":
      if (outsideUnit(train.targets) || !everyGroupSumsToOne(train.targets, classesOf(part)))
        return misfit("loss", "the targets of an example are no probabilities that sum to 1");
      return activation === "softmax"
        ? null
        : activationMisfit(`the outputs (${outputActivation}) do not sum to 1`);
    case "poisson":
      return train.targets.some((target) => target < 0)
        ? misfit("loss", "some targets are below 0, and counts are not")
        : null;
    default:
      return null;
  }
}

function outsideUnit(targets: Float32Array): boolean {
  return targets.some((target) => !(target >= 0 && target <= 1));
}
