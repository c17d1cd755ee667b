/** The result of a search. */
export interface Found {
  /** Index of the first item of which it is true. */
  readonly at: number;
  /** Indices before it that could not be asked; the first one may be among them. */
  readonly unsure: readonly number[];
}

/** Answers whether something is true of an item; null if the item cannot be asked. */
export type Asked = (index: number) => Promise<boolean | null>;

/**
 * Finds the first of `count` items of which something is true, supposing that it stays true from there on and is true of
 * the last one. It halves the range, and asks a neighbour where an item cannot be asked.
 */
export async function findFirst(count: number, isTrue: Asked): Promise<Found> {
  let below = -1;
  let at = count - 1;
  const mute = new Set<number>();
  for (;;) {
    const index = nearestToMiddle(below, at, mute);
    if (index === null) break;
    const answer = await isTrue(index);
    if (answer === null) mute.add(index);
    else if (answer) at = index;
    else below = index;
  }
  const unsure = [...mute].filter((index) => index > below && index < at).toSorted((a, b) => a - b);
  return { at, unsure };
}

/** Returns the index between two others that is nearest to their middle and was not mute. */
function nearestToMiddle(below: number, above: number, mute: ReadonlySet<number>): number | null {
  const middle = (below + above) / 2;
  let nearest: number | null = null;
  for (let index = below + 1; index < above; index++) {
    if (mute.has(index)) continue;
    if (nearest === null || Math.abs(index - middle) < Math.abs(nearest - middle)) nearest = index;
  }
  return nearest;
}
