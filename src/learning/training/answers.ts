import type { Criterion } from "../loss/criterion.ts";
import { applyLink } from "../loss/link.ts";
import type { Examples } from "../subject/examples.ts";
import { classesOf, columnsOf, sideBySide, targetParts } from "../subject/parts.ts";

/**
 * Turns a model's outputs into the predictions that are judged: probabilities, where the loss takes logits, and the
 * outputs themselves otherwise.
 *
 * @param outputs `[count, outputs]`, row by row.
 */
export function answersOf(
  criterion: Pick<Criterion, "linkOf">,
  outputs: Float32Array,
  examples: Pick<Examples, "outputs" | "targetParts" | "classification">,
): Float32Array {
  const parts = targetParts(examples);
  if (parts.every(({ index }) => criterion.linkOf(index) === null)) return outputs;
  const tables = parts.map((part) => {
    const own = columnsOf(outputs, examples.outputs, part);
    const link = criterion.linkOf(part.index);
    return link === null ? own : applyLink(link, own, classesOf(part));
  });
  return sideBySide(tables, outputs.length / examples.outputs);
}
