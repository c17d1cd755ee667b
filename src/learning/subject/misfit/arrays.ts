import { sizeOf } from "../parts.ts";

/** Repeats the numbers of each row until it has `size` of them. */
export function repeatAt(table: Float32Array, rows: number, size: number): Float32Array {
  const given = table.length / rows;
  const repeated = new Float32Array(rows * size);
  for (let row = 0; row < rows; row++) {
    const own = table.subarray(row * given, (row + 1) * given);
    for (let at = 0; at < size; at += given) repeated.set(own, row * size + at);
  }
  return repeated;
}

/** Averages each row over its leading axes, so that it has `size` numbers. */
export function withoutAxes(table: Float32Array, rows: number, size: number): Float32Array {
  const given = table.length / rows;
  const averages = new Float32Array(rows * size);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < size; column++) {
      let sum = 0;
      for (let at = column; at < given; at += size) sum += table[row * given + at] as number;
      averages[row * size + column] = sum / (given / size);
    }
  }
  return averages;
}

/**
 * Keeps what two shapes have in common and fills the rest with zeros: the places that lie in both where they have as many
 * axes, otherwise the first numbers of a row.
 */
export function cutTo(
  table: Float32Array,
  rows: number,
  from: readonly number[],
  to: readonly number[],
): Float32Array {
  if (from.length !== to.length) return cutTo(table, rows, [sizeOf(from)], [sizeOf(to)]);
  const [given, size] = [sizeOf(from), sizeOf(to)];
  const places = commonPlaces(from, to);
  const cut = new Float32Array(rows * size);
  for (let row = 0; row < rows; row++)
    for (const [source, target] of places) cut[row * size + target] = table[row * given + source] as number;
  return cut;
}

/** The places within a row that lie in both shapes, as numbered in each. */
function commonPlaces(from: readonly number[], to: readonly number[]): (readonly [number, number])[] {
  return from.reduce<(readonly [number, number])[]>(
    (places, side, axis) => {
      const other = to[axis] as number;
      const common = Array.from({ length: Math.min(side, other) }, (_, at) => at);
      return places.flatMap(([source, target]) =>
        common.map((at) => [source * side + at, target * other + at] as const),
      );
    },
    [[0, 0]],
  );
}
