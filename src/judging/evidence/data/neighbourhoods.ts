import { columnVariances } from "../../../foundation/numbers/statistics.ts";
import type { Examples } from "../../../learning/subject/examples.ts";

/**
 * Finds the nearest examples of each one, by the squared distance of standardised columns.
 *
 * @param mayCount whether an example may be another one's neighbour. @defaultValue any may
 * @returns `count` rows of at most `most` places, the nearest first.
 */
export function nearestRows(
  { inputs, count }: Examples,
  most: number,
  mayCount: (other: number, row: number) => boolean = () => true,
): readonly (readonly number[])[] {
  const columns = inputs.length / count;
  const scales = columnVariances(inputs, columns).map((variance) => 1 / Math.sqrt(variance || 1));
  const scaled = inputs.map((value, at) => value * (scales[at % columns] as number));
  const distances = new Float64Array(count);
  return Array.from({ length: count }, (_, row) => {
    for (let other = 0; other < count; other++) {
      let distance = mayCount(other, row) ? 0 : Number.POSITIVE_INFINITY;
      for (let column = 0; column < columns; column++)
        distance +=
          ((scaled[row * columns + column] as number) - (scaled[other * columns + column] as number)) ** 2;
      distances[other] = distance;
    }
    distances[row] = Number.POSITIVE_INFINITY;
    return smallest(distances, most);
  });
}

/** Returns the places of the smallest numbers, in order. */
function smallest(values: Float64Array, most: number): number[] {
  const found: number[] = [];
  for (let place = 0; place < values.length; place++) {
    const value = values[place] as number;
    if (found.length === most && value >= (values[found[most - 1] as number] as number)) continue;
    let at = found.length;
    while (at > 0 && (values[found[at - 1] as number] as number) > value) at--;
    found.splice(at, 0, place);
    if (found.length > most) found.pop();
  }
  return found;
}
