import type { CalibrationItem } from "./judgeItem.ts";

/**
 * Returns the places of items, those first that take longest: a long one that begins last leaves the other threads idle.
 * Items that take about as long stay in their order.
 */
export function longestFirst(items: readonly CalibrationItem[]): number[] {
  const costs = items.map(costOf);
  return items
    .map((_, place) => place)
    .sort((one, other) => (costs[other] as number) - (costs[one] as number) || one - other);
}

/** Operations of a cell at each place of a sequence, over those of a simple one. */
const OPERATIONS: Readonly<Record<string, number>> = { simpleRNN: 1, gru: 3, lstm: 4 };

/**
 * Roughly how long an item takes, a network of rows or pictures as the unit. On networks so small what takes the time is
 * how many operations a step has, and a sequence has some at each of its places.
 */
function costOf({ config: { model }, mutation }: CalibrationItem): number {
  const { cell, depth = 1 } = model as { readonly cell?: string; readonly depth?: number };
  const network = cell === undefined ? 1 : 1 + depth * (OPERATIONS[cell] ?? 1);
  // Most mutants are caught by their own run; a healthy network climbs all rungs.
  return mutation === null ? 2 * network : network;
}
