import { average, columnVariances } from "../../../foundation/numbers/statistics.ts";
import type { Examples } from "../../../learning/subject/examples.ts";

/** What rows with equal inputs say about the noise of the targets. */
export interface Replicates {
  /** Rows whose inputs another row has as well, as a share of all rows. */
  readonly share: number;
  /** Variance of the targets among rows of equal inputs, over Var(Y): the least error that any network can reach. */
  readonly noise: number;
}

/** Returns null where no two rows have equal inputs, or all targets are equal. */
export function measureReplicates(examples: Examples): Replicates | null {
  const { targets, outputs, count } = examples;
  const variances = columnVariances(targets, outputs);
  const groups = groupRows(examples).filter((rows) => rows.length > 1);
  const rows = groups.flat().length;
  if (rows === 0 || variances.every((variance) => variance === 0)) return null;
  let squares = 0;
  for (const group of groups)
    for (let output = 0; output < outputs; output++)
      squares += squaresAround(group.map((row) => targets[row * outputs + output] as number));
  // A group of n rows tells n - 1 independent differences.
  const noise = squares / outputs / (rows - groups.length) / average(variances);
  return { share: rows / count, noise };
}

function groupRows({ inputs, count }: Examples): number[][] {
  const size = inputs.length / count;
  const groups = new Map<string, number[]>();
  for (let row = 0; row < count; row++) {
    const key = inputs.subarray(row * size, (row + 1) * size).join();
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

function squaresAround(values: readonly number[]): number {
  const mean = average(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
