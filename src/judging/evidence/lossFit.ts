import type { Subject } from "../../learning/subject/subject.ts";

/** Why a loss does not suit the targets or the output activation. */
export interface LossMisfit {
  /** The part that has to change. */
  readonly change: "loss" | "output activation";
  /** One sentence. */
  readonly reason: string;
}

/** Checks that a loss gets the targets and the outputs that it is made for, such as probabilities for a crossentropy. Returns null if nothing is wrong. */
export function findLossMisfit({ loss, train }: Subject, outputActivation: string): LossMisfit | null {
  if (typeof loss === "function") return null;
  const activation = outputActivation.toLowerCase();
  const isProbability = activation === "sigmoid" || activation === "softmax";
  switch (loss.name) {
    case "binaryCrossentropy":
      if (outsideUnit(train.targets))
        return misfit("loss", loss.name, "the targets are not probabilities from 0 to 1");
      if (train.outputs > 1 && activation === "softmax")
        return misfit("loss", loss.name, "the outputs compete (softmax), and it asks each by itself");
      if (!isProbability)
        return misfit(
          "output activation",
          loss.name,
          `the outputs (${outputActivation}) are no probabilities`,
        );
      return null;
    case "categoricalCrossentropy":
      if (train.outputs === 1)
        return misfit("loss", loss.name, "over a single output it is 0 whatever the prediction");
      if (outsideUnit(train.targets) || !rowsSumToOne(train.targets, train.outputs))
        return misfit("loss", loss.name, "the targets of an example are no probabilities that sum to 1");
      if (activation !== "softmax")
        return misfit(
          "output activation",
          loss.name,
          `the outputs (${outputActivation}) do not sum to 1: only softmax makes them compete`,
        );
      return null;
    case "hinge":
    case "squaredHinge":
      return train.targets.every((target) => Math.abs(target) === 1)
        ? null
        : misfit("loss", loss.name, "the targets are not −1 and 1: a target of 0 gives no gradient at all");
    case "categoricalHinge":
      return outsideUnit(train.targets) || !rowsSumToOne(train.targets, train.outputs)
        ? misfit("loss", loss.name, "the targets of an example are not a single 1 among zeros")
        : null;
    case "kullbackLeiblerDivergence":
      if (outsideUnit(train.targets) || !rowsSumToOne(train.targets, train.outputs))
        return misfit("loss", loss.name, "the targets of an example are no probabilities that sum to 1");
      return activation === "softmax"
        ? null
        : misfit("output activation", loss.name, `the outputs (${outputActivation}) do not sum to 1`);
    case "poisson":
      return train.targets.some((target) => target < 0)
        ? misfit("loss", loss.name, "some targets are below 0, and counts are not")
        : null;
    default:
      return null;
  }
}

function misfit(change: LossMisfit["change"], loss: string, reason: string): LossMisfit {
  return { change, reason: `${loss}: ${reason}` };
}

function outsideUnit(targets: Float32Array): boolean {
  return targets.some((target) => !(target >= 0 && target <= 1));
}

const ROUNDING = 1e-3;

function rowsSumToOne(targets: Float32Array, outputs: number): boolean {
  for (let row = 0; row < targets.length; row += outputs) {
    let sum = 0;
    for (let output = 0; output < outputs; output++) sum += targets[row + output] as number;
    if (Math.abs(sum - 1) > ROUNDING) return false;
  }
  return true;
}
