// A tokenizer numbers words by how often its own texts have them. Texts whose numbers are in the order of their own
// frequencies were numbered by a tokenizer of their own, and then each number means another word than in training.

import type { Examples } from "../../../learning/subject/examples.ts";
import type { ExampleSets } from "../../../learning/subject/subject.ts";

/** Numbers below this stand for padding and unknown words. */
const FIRST_WORD = 2;
const FEWEST_WORDS = 15;
/** Numbers that are in the order of frequency by chance would not fall so often. */
const FEWEST_FALLS = 5;
const MOST_RISES = 0.02;

/**
 * Whether both sets number their words in the order of their own frequencies. What is split off for validation was numbered
 * together with the training texts, whose own counts are then a little out of order.
 */
export function areNumberedAlone({ train, heldOut }: ExampleSets, asked: Examples): boolean {
  if (train.inputParts !== undefined || train.inputShape.length !== 1 || !isByFrequency(asked.inputs))
    return false;
  return isByFrequency(train.inputs) || (heldOut !== null && isByFrequency(train.inputs, heldOut.inputs));
}

function isByFrequency(...texts: readonly Float32Array[]): boolean {
  const times = new Map<number, number>();
  for (const codes of texts)
    for (const code of codes) {
      if (!Number.isInteger(code) || code < 0) return false;
      if (code >= FIRST_WORD) times.set(code, (times.get(code) ?? 0) + 1);
    }
  if (times.size < FEWEST_WORDS) return false;
  const counts = [...times].sort(([a], [b]) => a - b).map(([, count]) => count);
  const steps = counts.slice(1).map((count, at) => count - (counts[at] as number));
  const rises = steps.filter((step) => step > 0).length;
  return rises <= MOST_RISES * steps.length && steps.filter((step) => step < 0).length >= FEWEST_FALLS;
}
