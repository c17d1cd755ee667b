/** One of several parts of some work, counted from 1. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/** Returns the items of one part, of about the same number each; all of them where there are no parts. */
export function takeShard<Item>(items: readonly Item[], shard: Shard | undefined): readonly Item[] {
  return shard === undefined ? items : items.filter((_, index) => index % shard.of === shard.part - 1);
}
