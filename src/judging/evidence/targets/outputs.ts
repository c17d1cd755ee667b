import type { LossConfig } from "../../../learning/config/schema.ts";
import { lossOfOutput } from "../../../learning/loss/criterion.ts";
import type { Loss } from "../../../learning/loss/loss.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import {
  classesOf,
  type Placed,
  type TargetPart,
  targetParts,
  withOutput,
} from "../../../learning/subject/parts.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { Survey } from "../../../learning/training/survey.ts";
import { everyGroupSumsToOne } from "./sumsToOne.ts";

/** One output of a subject: its targets, its loss, and the layer that makes it. */
export interface Output {
  readonly part: Placed<TargetPart>;
  /** The training examples with the target of this output alone. */
  readonly train: Examples;
  readonly loss: LossConfig | Loss;
  /** What the predictions have passed last: the activation of the layer that makes them, or the loss's own link. */
  readonly activation: string;
  /** An activation that the predictions pass before that one, where the model has two in a row; null elsewhere. */
  readonly earlier: string | null;
  /** The activation before the link of a loss that takes logits; null for any other loss. */
  readonly beforeLink: string | null;
  /** How many numbers in a row compete in a softmax: the last axis, or the units of the layer if rows are flattened. */
  readonly group: number;
  /** `price: ` of a model with several outputs, with which a sentence about this one begins; empty for a single one. */
  readonly prefix: string;
}

/** Lists the outputs of a subject, in the model's order. */
export function outputsOf({ train, loss }: Subject, { heads, layers }: Survey): Output[] {
  const parts = targetParts(train);
  return parts.map((part) => {
    const head = heads[part.index];
    const units = layers.find(({ layer }) => layer === head?.layer)?.units ?? part.size;
    const own = withOutput(train, part);
    return {
      part,
      train: own,
      loss: lossOfOutput(loss, part.index),
      activation: head?.link ?? head?.activation ?? "linear",
      earlier: head?.earlier ?? null,
      beforeLink: head?.link ? head.activation : null,
      group: groupOf(part, units, own.targets),
      prefix: parts.length === 1 ? "" : `${part.name}: `,
    };
  });
}

/**
 * Whether an output is flattened positions, each with a softmax of its own, shows in the units of its layer. Where a layer is called
 * once for each of several things that compete, such as candidates that it scores, the targets of a row sum to 1 over all of them.
 */
function groupOf(part: Placed<TargetPart>, units: number, targets: Float32Array): number {
  if (part.shape.length > 1) return classesOf(part);
  const areParts = units > 0 && units < part.size && part.size % units === 0;
  return areParts && !everyGroupSumsToOne(targets, part.size) ? units : part.size;
}
