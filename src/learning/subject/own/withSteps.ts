import { InputError } from "../../../foundation/input/inputError.ts";
import type { Examples } from "../examples.ts";
import { withoutHiddenTargets } from "../hiddenSteps.ts";
import type { NumberTable } from "../nestedNumbers.ts";
import { sideBySide, stepsOf, targetParts } from "../parts.ts";
import type { StepTables } from "./pair.ts";

/**
 * Adds to examples how the steps of their outputs count; targets that do not count tell nothing then.
 *
 * @throws {InputError} if a table has another number of steps than its output.
 */
export function withSteps(examples: Examples, steps: StepTables | undefined, field: string): Examples {
  if (steps === undefined) return examples;
  const { count } = examples;
  const parts = targetParts(examples);
  const whole = (tables: readonly (NumberTable | null)[]) => {
    if (!tables.some((table) => table !== null)) return null;
    const each = parts.map((part, output) => {
      const [size, table] = [stepsOf(part), tables[output] ?? null];
      return table === null ? new Float32Array(count * size).fill(1) : spread(table, count, size, field);
    });
    return sideBySide(each, count);
  };
  const [stepWeights, shownSteps] = [whole(steps.weights), whole(steps.shown)];
  return withoutHiddenTargets({
    ...examples,
    ...(stepWeights && { stepWeights }),
    ...(shownSteps && { shownSteps }),
  });
}

/** Gives each step its number: a table of fewer axes than the output has one for all steps behind each of its places. */
function spread({ values }: NumberTable, count: number, size: number, field: string): Float32Array {
  const given = values.length / count;
  const repeats = size / given;
  if (Number.isInteger(repeats))
    return Float32Array.from({ length: count * size }, (_, at) => values[Math.floor(at / repeats)] as number);
  throw new InputError({
    code: "conflict",
    field,
    message: `must have one number for each of the ${size} steps of an example; correct sample_weight`,
    got: given,
  });
}
