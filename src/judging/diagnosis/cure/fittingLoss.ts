import type { Values } from "../../../learning/config/changeConfig.ts";
import type { LossConfig } from "../../../learning/config/schema.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import { classesOf, targetParts } from "../../../learning/subject/parts.ts";

const COMPETING = {
  "model.outputActivation": "softmax",
  "training.loss": { name: "categoricalCrossentropy" },
} as const;

/** Returns the output activation and the loss that suit the targets. */
export function fittingLoss(examples: Examples): Values {
  const { targets, classification } = examples;
  const areClasses = classification && !mayHoldSeveralLabels(examples);
  const group = competing(examples);
  // A mask has one unit at each position, which competes with none.
  if (group > 1 && (areClasses || areOneHot(targets, group))) return COMPETING;
  if (classification || areLabels(targets))
    return { "model.outputActivation": "sigmoid", "training.loss": { name: "binaryCrossentropy" } };
  return { "model.outputActivation": "linear", "training.loss": { name: "mse" } };
}

/** Leaves a loss out that the config has already; one of the same name keeps its settings, unless it takes logits. */
export function withoutSame({ "training.loss": loss, ...others }: Values, own: LossConfig): Values {
  const isSame =
    (loss as LossConfig | undefined)?.name === own.name && !("fromLogits" in own && own.fromLogits);
  return isSame || loss === undefined ? others : { ...others, "training.loss": loss };
}

/** How many targets of an example compete: its classes, or those of one position of a sequence or a picture. */
export function competing(examples: Examples): number {
  const [part, ...others] = targetParts(examples);
  return part && others.length === 0 && part.shape.length > 1 ? classesOf(part) : examples.outputs;
}

/** Whether several targets of an example may be 1, so that its units do not compete. */
export function mayHoldSeveralLabels(examples: Examples): boolean {
  return targetParts(examples).some((part) => part.severalLabels === true);
}

/** Whether every target is 0 or 1, and both occur. */
function areLabels(targets: Float32Array): boolean {
  return (
    targets.every((target) => target === 0 || target === 1) && targets.includes(0) && targets.includes(1)
  );
}

/** Whether each row of targets is a single 1 among zeros. */
function areOneHot(targets: Float32Array, outputs: number): boolean {
  if (!areLabels(targets)) return false;
  for (let row = 0; row < targets.length; row += outputs) {
    if (targets.subarray(row, row + outputs).reduce((sum, target) => sum + target, 0) !== 1) return false;
  }
  return true;
}
