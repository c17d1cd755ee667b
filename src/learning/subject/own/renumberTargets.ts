import { InputError } from "../../../foundation/input/inputError.ts";
import type { Examples } from "../examples.ts";
import { classesOf, targetParts } from "../parts.ts";

/**
 * Gives the classes of examples other numbers.
 *
 * @param numbers the new number of each class, each number once.
 * @throws {InputError} if the targets are not the classes of one output, or are not as many.
 */
export function renumberTargets(examples: Examples, numbers: readonly number[]): Examples {
  const [part, ...others] = targetParts(examples);
  const columns = part ? classesOf(part) : 0;
  const classes = Math.max(2, columns);
  if (!part?.classification || part.severalLabels || others.length > 0 || numbers.length !== classes)
    throw new InputError({
      code: "conflict",
      field: "data.heldOutClasses",
      message: part?.classification
        ? `must name a number for each of the ${classes} classes of the only output; correct it, or leave it out`
        : "needs targets that are classes; leave it out",
      got: numbers,
    });
  const targets = new Float32Array(examples.targets.length);
  examples.targets.forEach((value, place) => {
    const column = place % columns;
    if (columns === 1) targets[place] = numbers[0] === 0 ? value : 1 - value;
    else targets[place - column + (numbers[column] as number)] = value;
  });
  return { ...examples, targets };
}
