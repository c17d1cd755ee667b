import { largestOf } from "../../../foundation/numbers/extremes.ts";
import type { LossConfig } from "../../../learning/config/schema.ts";
import type { Examples } from "../../../learning/subject/examples.ts";

const MOST_CLASSES = 100;
/** Fewer classes than this fit into a single output of 0 or 1. */
const LEAST_CLASSES = 3;

/**
 * Counts the classes of targets that are class numbers in a single column, such as 0 to 9 for digits: whole numbers
 * from 0, each of which occurs. A loss for classes tells that they are no quantities.
 *
 * @returns null if they are not class numbers, or if there are fewer than three classes.
 */
export function countClassNumbers(
  { targets, outputs, classification }: Examples,
  loss: LossConfig | ((...args: never[]) => unknown),
): number | null {
  if (outputs !== 1 || classification || typeof loss === "function" || !isForClasses(loss)) return null;
  const numbers = new Set(targets);
  const highest = Math.max(-1, largestOf([...numbers].slice(0, MOST_CLASSES + 1)));
  if (numbers.size < LEAST_CLASSES || numbers.size > MOST_CLASSES || highest !== numbers.size - 1)
    return null;
  return [...numbers].every((number) => Number.isInteger(number) && number >= 0) ? numbers.size : null;
}

function isForClasses({ name }: LossConfig): boolean {
  return /crossentropy|hinge|divergence/i.test(name);
}
