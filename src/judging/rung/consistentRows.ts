import type { Examples } from "../../learning/subject/examples.ts";
import { rowKeys } from "../../learning/subject/rowKeys.ts";

/**
 * Leaves out rows that no network can memorise beside the others: of rows with the same inputs and different targets those
 * stay that have the target which is commonest among all examples of these inputs.
 *
 * @param rows places of the chosen examples; they stay as they are where none contradicts another.
 */
export function consistentRows(examples: Examples, rows: readonly number[]): readonly number[] {
  const inputs = rowKeys(examples.inputs, examples.count);
  const targets = rowKeys(examples.targets, examples.count);
  const told = new Map<string, string>();
  const contradicted = new Set<string>();
  for (const row of rows) {
    const [input, target] = [inputs[row] as string, targets[row] as string];
    if ((told.get(input) ?? target) !== target) contradicted.add(input);
    told.set(input, target);
  }
  if (contradicted.size === 0) return rows;
  const counts = new Map([...contradicted].map((input) => [input, new Map<string, number>()]));
  for (const [row, input] of inputs.entries()) {
    const own = counts.get(input);
    const target = targets[row] as string;
    own?.set(target, (own.get(target) ?? 0) + 1);
  }
  return rows.filter((row) => {
    const own = counts.get(inputs[row] as string);
    return own === undefined || commonest(own) === targets[row];
  });
}

/** The most frequent of some values; of equally frequent ones the first. */
function commonest(counts: ReadonlyMap<string, number>): string | undefined {
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
