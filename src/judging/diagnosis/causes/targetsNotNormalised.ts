import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { kindOf } from "../../../learning/config/kinds/kinds.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { targetParts } from "../../../learning/subject/parts.ts";
import { inputUses } from "../../evidence/reference/inputUses.ts";
import type { Spread } from "../../evidence/spread.ts";
import type { Output } from "../../evidence/targets/outputs.ts";
import { boundsOf } from "../../evidence/targets/reach.ts";
import { shareScale } from "../../evidence/targets/sharedScale.ts";
import { twoValuesOf } from "../../evidence/targets/twoValues.ts";
import { worstOutput } from "../../outcome/worstOutput.ts";
import type { Cause, Suspicion } from "../cause.ts";

/** A number of a row of targets, and where it stands. */
interface Place {
  readonly spread: Spread;
  readonly place: number;
}

export const targetsNotNormalised: Cause<"targets-not-normalised"> = {
  name: "targets-not-normalised",
  claim: "the targets are far from the scale of what the initial network puts out",
  examine({ subject: { train }, targets, fails, outputs, run, verdict }) {
    if (fails !== "training") return null;
    // A column that never changes, such as a pixel in the corner, has no scale.
    const places = targets
      .map((spread, place) => ({ spread, place }))
      .filter(({ spread }) => spread.deviation > 0);
    const [farthest] = places.sort((a, b) => distance(b.spread.size) - distance(a.spread.size));
    const loudest = largestOf(targets.map(({ deviation }) => deviation));
    const quietest = worstOutput(run.train);
    const quiet = quietest === null ? undefined : targets[quietest.place];
    if (quiet && quiet.deviation > 0 && loudest / quiet.deviation >= UNEQUAL && verdict === "stalled") {
      return {
        rank: "targets are very far off",
        evidence: `the targets are in unequal units: standard deviation ${printNumber(quiet.deviation)} of ${quietest?.name}, which is predicted worst, ${printNumber(loudest)} of the largest`,
      };
    }
    if (!farthest) return null;
    const { spread: worst, place } = farthest;
    if (distance(worst.size) < FAR) return examineSteady(places, outputs);
    const output = outputs.find(({ part }) => place >= part.offset && place < part.offset + part.size);
    const [least, most] = boundsOf(output?.activation ?? "linear");
    const isOut = worst.most > most || worst.least < least;
    // Grey values under a sigmoid and a crossentropy are sound outputs and a sound loss for targets on another scale, and so
    // are two values, such as the 0 and 255 of a mask, under a sigmoid and any loss.
    const areLabels = least === 0 && most === 1 && twoValuesOf(train.targets) !== null;
    const isForShares = (isCrossentropy(output?.loss) || areLabels) && worst.least >= 0;
    // Outputs with bounds were chosen for data within them; where inputs and targets share another scale, it is the data's.
    const isOfTheData = isOut && (isForShares || Number.isFinite(most)) && shareScale(train);
    // Outputs and loss were chosen for shares: an image of them, or labels of two values, has its scale from the data too.
    const areShares =
      isOut && isForShares && ((output?.part.size ?? 1) > 1 || twoValuesOf(train.targets) !== null);
    if (isOut && !isForShares && !isOfTheData) return null;
    return {
      rank: isOfTheData
        ? "inputs and targets share a scale that the outputs and their loss are not made for"
        : areShares
          ? "targets are on a scale that the outputs and their loss are not made for"
          : distance(worst.size) >= VERY_FAR
            ? "targets are very far off"
            : "targets are far off",
      evidence: `${output?.prefix ?? ""}targets lie from ${printNumber(worst.least)} to ${printNumber(worst.most)}, mean ${printNumber(worst.mean)}, standard deviation ${printNumber(worst.deviation)}${isOfTheData ? ", and the inputs do as well" : ""}${isOfTheData || areShares ? `; the outputs${isForShares ? " and the loss" : ""} are made for ${printNumber(least)} to ${printNumber(most)}` : ""}`,
    };
  },
  cures: async (config) => {
    const { scaledTargets, unitInputs, unitTargets } = kindOf(config);
    const standard = [scaledTargets, { "data.standardiseInputs": true, "data.standardiseTargets": true }];
    const subject = await createSubject(config);
    const both = { ...unitInputs, ...unitTargets };
    // What has one scale is scaled at once, but for inputs that the model itself rescales.
    const isOne = shareScale(subject.train) && (await inputUses(subject)).every(({ rescaled }) => !rescaled);
    const unit = isOne ? [both, unitTargets] : [unitTargets, both];
    const areShares = isCrossentropy(config.training.loss) || twoValuesOf(subject.train.targets) !== null;
    const likelier = areShares ? [...unit, ...standard] : [...standard, ...unit];
    // Outputs of their own losses keep their bounds where the losses are weighted, and the targets are not.
    const even = "rework" in config && targetParts(subject.train).length > 1;
    return [...(even ? [{ "rework.lossWeights": "even" }] : []), ...likelier].map((values) =>
      changeConfig(config, values),
    );
  },
};

/**
 * Numbers that hardly differ beside their mean leave next to nothing of the loss, and of its gradient, once the mean is learnt.
 * Outputs with bounds were chosen for targets within them, and classes are no numbers.
 */
function examineSteady(places: readonly Place[], outputs: readonly Output[]): Suspicion | null {
  const steady = places.find(({ spread: { mean, deviation }, place }) => {
    const output = outputs.find(({ part }) => place >= part.offset && place < part.offset + part.size);
    return (
      output?.activation === "linear" && !output.part.classification && Math.abs(mean) >= STEADY * deviation
    );
  });
  if (!steady) return null;
  const { least, most, mean, deviation } = steady.spread;
  return {
    rank: "targets are far off",
    evidence: `targets lie from ${printNumber(least)} to ${printNumber(most)}, and hardly differ beside their mean of ${printNumber(mean)}: standard deviation ${printNumber(deviation)}`,
  };
}

/** Whether a loss takes probabilities. */
function isCrossentropy(loss: Output["loss"] | undefined): boolean {
  return typeof loss === "object" && loss.name.endsWith("Crossentropy");
}

const FAR = 8;
/** If standard deviations differ by this factor, variances differ by its square, and the larger output dominates. */
const UNEQUAL = 10;
const VERY_FAR = 80;
/** From so many standard deviations on, a mean is what the network learns first, and for long. */
const STEADY = 20;

/** Returns the factor by which a root mean square is above 1, or below 0.01; the larger of the two. */
function distance(size: number): number {
  return Math.max(size, 1e-2 / size);
}
