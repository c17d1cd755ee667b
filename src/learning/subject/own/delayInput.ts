import type { Examples } from "../examples.ts";
import { inputParts } from "../parts.ts";

/**
 * Shows what one input of the model holds a step later than it does, as a decoder is shown the answer before each: what its
 * last step held is left out, and its first one holds 0.
 *
 * @returns the examples as they are where there is no such input.
 */
export function delayInput(examples: Examples, place: number): Examples {
  const part = inputParts(examples)[place];
  const [steps = 0] = part?.shape ?? [];
  if (!part || steps < 2) return examples;
  const size = examples.inputs.length / examples.count;
  const step = part.size / steps;
  const inputs = examples.inputs.slice();
  for (let row = 0; row < examples.count; row++) {
    const start = row * size + part.offset;
    inputs.copyWithin(start + step, start, start + part.size - step);
    inputs.fill(0, start, start + step);
  }
  return { ...examples, inputs };
}
