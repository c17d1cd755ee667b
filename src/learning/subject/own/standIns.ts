import { cutTo, repeatAt } from "../misfit/arrays.ts";
import { sizeOf } from "../parts.ts";

/**
 * Gives targets another shape, so that they can stand for the outputs where only the data are described: they are repeated
 * for the outputs that each target has, and cut where there are more of them.
 *
 * @param table `[rows, numbers of from]`, row by row.
 */
export function standIns(
  table: Float32Array,
  rows: number,
  from: readonly number[],
  to: readonly number[],
): Float32Array {
  const [given, size] = [sizeOf(from), sizeOf(to)];
  // A target at each position, such as each step of a sequence, stands for all outputs of its position.
  const positions = sizeOf(to.slice(0, -1));
  if (size > given && given === positions) return repeatAt(table, rows * positions, size / positions);
  if (size % given === 0) return repeatAt(table, rows, size);
  return cutTo(table, rows, [given], [size]);
}
