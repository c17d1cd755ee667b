import { largestOf } from "../../foundation/numbers/extremes.ts";
import type { LossConfig } from "../config/schema.ts";
import type { Loss } from "./loss.ts";

/** The function by which a loss of logits turns the outputs of a model into probabilities. */
export type Link = "sigmoid" | "softmax";

/** Returns the link of a loss that takes logits; null for any other loss, whose outputs are the predictions. */
export function linkOfLoss(loss: LossConfig | Loss): Link | null {
  if (typeof loss === "function") return null;
  if (loss.name !== "binaryCrossentropy" && loss.name !== "categoricalCrossentropy") return null;
  if (!loss.fromLogits) return null;
  return loss.name === "binaryCrossentropy" ? "sigmoid" : "softmax";
}

/**
 * Applies a link to a table of outputs.
 *
 * @param classes numbers that compete in a softmax; neighbours in the table.
 * @returns a new table.
 */
export function applyLink(link: Link, outputs: Float32Array, classes: number): Float32Array {
  if (link === "sigmoid") return outputs.map((logit) => 1 / (1 + Math.exp(-logit)));
  const probabilities = new Float32Array(outputs.length);
  for (let start = 0; start < outputs.length; start += classes) {
    const group = outputs.subarray(start, start + classes);
    const highest = largestOf(group);
    const shares = Array.from(group, (logit) => Math.exp(logit - highest));
    const total = shares.reduce((sum, share) => sum + share, 0);
    probabilities.set(
      shares.map((share) => share / total),
      start,
    );
  }
  return probabilities;
}
