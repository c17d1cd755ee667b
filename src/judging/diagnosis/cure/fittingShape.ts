// The changes that give a model's output the shape of the targets, or the targets that of the output.

import { type Change, changeConfig, type Values } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { sizeOf, targetParts } from "../../../learning/subject/parts.ts";
import { fittingLoss } from "./fittingLoss.ts";

/** Proposes changes for a config whose targets had to be fitted, the likeliest first. */
export async function fittingChanges(config: Config): Promise<readonly (Change | null)[]> {
  const { train: fitted } = await createSubject(config);
  const { how } = fitted.misfit ?? {};
  // No change of a config gives one output of several another shape.
  if (how === undefined || targetParts(fitted).length > 1) return [];
  if (how === "one-hot") return [changeConfig(config, { "data.oneHot": true })];
  const unfitted = changeConfig(config, { "data.fitTargets": undefined })?.config;
  if (!unfitted) return [];
  const { train } = await createSubject(unfitted);
  const outputs = targetParts(fitted)[0]?.shape ?? [];
  const targets = targetParts(train)[0]?.shape ?? [];
  return changesFor({ train, outputs, targets }).map((values) =>
    changeConfig(config, { "data.fitTargets": undefined, ...values }),
  );

  function changesFor(misfit: Situation): readonly Values[] {
    switch (how) {
      case "without classes":
        return [...forClasses(misfit), ...forUnits(misfit)];
      case "at each position":
        return [{ "rework.flatten": true }];
      case "in order":
        return [{ "data.targetShape": outputs }];
      default:
        return [...asClasses(misfit), ...forPositions(misfit), ...forUnits(misfit)];
    }
  }
}

interface Situation {
  /** The examples as they are given. */
  readonly train: Examples;
  /** Shape of the model's output for one example. */
  readonly outputs: readonly number[];
  /** Shape of the targets of one example. */
  readonly targets: readonly number[];
}

/** Numbers the classes that occur from 0, with a unit for each where there are too few. */
function forClasses({ train: { classNumbers = [] }, outputs }: Situation): Values[] {
  const units = outputs.at(-1) ?? 1;
  const areInOrder = classNumbers.every((label, place) => label === place);
  if (classNumbers.length < 2 || areInOrder) return [];
  const more = classNumbers.length > units && { "rework.outputUnits": classNumbers.length };
  return [{ "data.classes": classNumbers, ...more }];
}

/** Reads single targets as the numbers of classes, of which each output stands for one. */
function asClasses({ train, outputs, targets }: Situation): Values[] {
  const units = outputs.length === 1 ? (outputs[0] as number) : 1;
  if (sizeOf(targets) !== 1 || units < 2) return [];
  const isClass = (target: number) => Number.isInteger(target) && target >= 0 && target < units;
  if (!train.targets.every(isClass) || new Set(train.targets).size <= units / 2) return [];
  const head = fittingLoss({ ...train, classification: true, outputs: units });
  return [{ "data.classNumbers": true, ...head }];
}

/** Gives an output for each position that has targets, such as each step of a sequence. */
function forPositions({ train, outputs, targets }: Situation): Values[] {
  const [positions = 1, ...rest] = targets;
  const [steps = 1, features, ...others] = train.inputShape;
  const isSequence = features !== undefined && others.length === 0;
  if (outputs.length === targets.length && targets.length > 1) {
    const isSwapped = isSequence && positions === features && outputs[0] === steps;
    const swapped = isSwapped ? [{ "rework.swapAxes": true }] : [];
    return [...swapped, ...(outputs.at(-1) === targets.at(-1) ? [{ "rework.samePadding": true }] : [])];
  }
  const units = outputs.at(-1) ?? 1;
  if (!isSequence || positions !== steps || outputs.length > 1 || sizeOf(rest) !== units) return [];
  const shape = rest.length === 1 ? {} : { "data.targetShape": [positions, units] };
  return [{ "rework.everyStep": true, ...shape }];
}

/** Gives the last layer a unit for each target, alone and with the activation and the loss that suit them. */
function forUnits({ train, outputs, targets }: Situation): Values[] {
  const positions = (shape: readonly number[]) => String(shape.slice(0, -1));
  const isRow = outputs.length === 1 && targets.length > 1;
  if (!isRow && positions(outputs) !== positions(targets)) return [];
  const units = isRow ? sizeOf(targets) : (targets.at(-1) ?? 1);
  const asNumbers = {
    "rework.outputUnits": units,
    ...(isRow && { "data.targetShape": [units] }),
  };
  const { "training.loss": loss, ...head } = fittingLoss(train);
  return [asNumbers, { ...asNumbers, ...head, "training.loss": loss }];
}
