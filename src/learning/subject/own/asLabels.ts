import type { OwnConfig } from "../../config/schema.ts";
import type { Examples } from "../examples.ts";
import { targetParts } from "../parts.ts";

/**
 * Whether targets on two values have become 0 and 1 by `data.unitTargets`, under a loss for probabilities: a mask of 0 and 255
 * is then what one of 0 and 1 is, and each number a class of its own.
 */
export function becomeLabels(train: Examples, { data, rework, training }: OwnConfig): boolean {
  const isBinary = rework.outputActivation !== "linear" && training.loss.name === "binaryCrossentropy";
  if (!data.unitTargets || !isBinary || targetParts(train).some(({ classification }) => classification))
    return false;
  return train.targets.every((target) => target === 0 || target === 1);
}

/** The examples with each target as a class of its own. */
export function asLabels(examples: Examples): Examples {
  const parts = targetParts(examples).map(({ index: _index, offset: _offset, size: _size, ...part }) => ({
    ...part,
    classification: true,
    ...((part.shape.at(-1) ?? 1) > 1 && { severalLabels: true }),
  }));
  return { ...examples, classification: true, targetParts: parts };
}
