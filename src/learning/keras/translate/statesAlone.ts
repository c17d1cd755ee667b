import { isObject } from "../../../foundation/savedModel/keras3.ts";
import type { KerasObject } from "./capturedProgram.ts";
import type { Findings } from "./findings.ts";

/**
 * Refuses recurrent layers that keep their states between batches where the sequences have one step: then the states alone
 * hold the past, and a run that starts each sequence anew is another task.
 */
export function refuseStatesAlone(model: KerasObject, findings: Findings): void {
  const steps = stepsOf(model);
  if (steps !== 1) return;
  for (const layer of statefulLayers(model))
    findings.refuse(
      layer,
      "stateful",
      "is true for sequences of one step, whose past is in the states alone, while learnproof judges each example by itself; take stateful=False, and give whole sequences of shape (examples, steps, features)",
    );
}

const SHAPES = ["batch_shape", "batch_input_shape", "build_input_shape", "input_shape"];

/** The steps of the first input whose shape a model's config tells; null where it tells none. */
function stepsOf(part: unknown): number | null {
  if (Array.isArray(part)) return firstOf(part);
  if (!isObject(part)) return null;
  for (const key of SHAPES) {
    const shape = part[key];
    if (Array.isArray(shape) && shape.length === 3) return typeof shape[1] === "number" ? shape[1] : null;
  }
  return firstOf(Object.values(part));
}

function firstOf(parts: readonly unknown[]): number | null {
  for (const part of parts) {
    const steps = stepsOf(part);
    if (steps !== null) return steps;
  }
  return null;
}

function statefulLayers(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(statefulLayers);
  if (!isObject(part)) return [];
  const inner = Object.values(part).flatMap(statefulLayers);
  return part.stateful === true ? [String(part.name), ...inner] : inner;
}
