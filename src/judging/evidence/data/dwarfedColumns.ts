// A table whose columns were all scaled by one number: what the small columns say is lost beside the largest.

import type { Spread } from "../spread.ts";

/** Columns of a table that hardly differ. */
export interface Dwarfed {
  /** How many they are. */
  readonly columns: number;
  /** By what share of what the largest column differs they do, at most. */
  readonly share: number;
}

/** A column whose numbers differ by less than this part of what another's do, and of their own size, is as good as constant. */
const DWARFED = 1e-3;
/** Numbers that are this small on average are nearly all 0, and differ by the few others. */
const SMALL = 0.2;

/** Finds columns that one scale for the whole table has left as good as constant; null where most columns differ. */
export function findDwarfed(columns: readonly Spread[]): Dwarfed | null {
  const varied = columns.filter(({ deviation }) => deviation > 0);
  const largest = Math.max(0, ...varied.map(({ deviation }) => deviation));
  const dwarfed = varied.filter(
    ({ deviation, size }) => deviation < DWARFED * Math.min(largest, size) && size >= SMALL,
  );
  if (dwarfed.length === 0 || 2 * dwarfed.length < varied.length) return null;
  return { columns: dwarfed.length, share: Math.max(...dwarfed.map(({ deviation }) => deviation)) / largest };
}
