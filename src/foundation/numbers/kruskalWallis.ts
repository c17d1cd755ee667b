import { ranksOf } from "./ranks.ts";
import { chiSquaredTail } from "./tails.ts";

/**
 * The test of Kruskal and Wallis (1952): the probability that chance alone parts the ranks of `values` between groups as
 * far as this. It assumes no distribution, and ties are allowed for.
 *
 * @param groups the group of each value, from 0.
 * @returns 1 if there is one group, or all values are equal.
 */
export function kruskalWallis(values: ArrayLike<number>, groups: ArrayLike<number>): number {
  const count = values.length;
  const ranks = ranksOf(values);
  const middle = (count + 1) / 2;
  const sums = new Map<number, { sum: number; size: number }>();
  let spread = 0;
  for (let index = 0; index < count; index++) {
    const group = groups[index] as number;
    const { sum, size } = sums.get(group) ?? { sum: 0, size: 0 };
    sums.set(group, { sum: sum + (ranks[index] as number), size: size + 1 });
    spread += ((ranks[index] as number) - middle) ** 2;
  }
  if (sums.size < 2 || spread === 0) return 1;
  let between = 0;
  for (const { sum, size } of sums.values()) between += size * (sum / size - middle) ** 2;
  return chiSquaredTail(((count - 1) * between) / spread, sums.size - 1);
}
