import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { targetParts } from "../../../learning/subject/parts.ts";
import type { Cause } from "../cause.ts";
import { fittingLoss } from "../cure/fittingLoss.ts";

export const outputsDoNotFit: Cause<"outputs-do-not-fit"> = {
  name: "outputs-do-not-fit",
  claim: "the model has another number of outputs than there are targets",
  silent: true,
  examine({ subject: { train } }) {
    if (train.fittedFrom === undefined) return null;
    const [outputs, targets] = [train.outputs, train.fittedFrom];
    const shape = shapeOf(train);
    if (train.classification && targets > outputs && outputs > 1)
      return {
        rank: "outputs do not fit targets",
        evidence: `the class numbers go up to ${targets - 1}, which is ${targets} classes from 0, and the model has ${outputs} units: none stands for those from ${outputs} on; numbers that begin at 1 want 1 taken off`,
      };
    const given = hasPositions(shape)
      ? `${shape.join(" × ")} numbers for each example, a row for each position,`
      : `${outputs} number${outputs === 1 ? "" : "s"} for each example,`;
    return {
      rank: "outputs do not fit targets",
      evidence: `the model puts out ${given} and each has ${targets} target${targets === 1 ? "" : "s"}: the loss compares every ${hasPositions(shape) ? "position with the same targets" : "one with every other"}`,
    };
  },
  cures: async (config) => {
    const unfitted = changeConfig(config, { "data.fitTargets": undefined })?.config;
    if (!unfitted) return [];
    const unflattened = { "data.fitTargets": undefined, "rework.flatten": true };
    if (isFittedToPositions(config)) return [changeConfig(config, unflattened)];
    const { train } = await createSubject(unfitted);
    const units = unitsOf(config);
    const asClasses = areClassNumbers(train, units)
      ? [{ "data.classNumbers": true, ...fittingLoss({ ...train, classification: true, outputs: units }) }]
      : [];
    const { "training.loss": loss, ...head } = fittingLoss(train);
    const asNumbers = { "rework.outputUnits": train.outputs };
    return [...asClasses, asNumbers, { ...asNumbers, ...head, "training.loss": loss }].map((values) =>
      changeConfig(config, { "data.fitTargets": undefined, ...values }),
    );
  },
};

function shapeOf(train: Examples): readonly number[] {
  return targetParts(train)[0]?.shape ?? [];
}

/** Whether an output has an axis of positions, such as the steps of a sequence. */
function hasPositions(shape: readonly number[]): boolean {
  return shape.length > 1;
}

function isFittedToPositions({ data }: Config): boolean {
  return "fitTargets" in data && Array.isArray(data.fitTargets);
}

function unitsOf({ data }: Config): number {
  return "fitTargets" in data && typeof data.fitTargets === "number" ? data.fitTargets : 1;
}

/** Whether targets are whole numbers from 0 that name each of so many units. */
function areClassNumbers({ targets, outputs }: Examples, units: number): boolean {
  if (outputs !== 1 || units < 2) return false;
  const isClass = (target: number) => Number.isInteger(target) && target >= 0 && target < units;
  return targets.every(isClass) && new Set(targets).size > units / 2;
}
