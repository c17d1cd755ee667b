import { fillGaps } from "../../keras/translate/fillGaps.ts";
import type { Gaps } from "../gaps.ts";
import type { NumberTable } from "../nestedNumbers.ts";
import { tablesIn } from "./copySide.ts";
import type { CopiedPair, CopiedSide } from "./trainingCall.ts";

/** Fills the numbers that are missing from rows, and says where they were. */
export function fillPair(pair: CopiedPair): { readonly pair: CopiedPair; readonly gaps: Gaps | null } {
  const inputs = tablesIn(pair.x) as readonly NumberTable[];
  const targets = tablesIn(pair.y) as readonly NumberTable[];
  const { sides, gaps } = fillGaps({ inputs, targets });
  return { pair: { x: withTables(pair.x, sides.inputs), y: withTables(pair.y, sides.targets) }, gaps };
}

function withTables(side: CopiedSide, tables: readonly NumberTable[]): CopiedSide {
  if (Array.isArray(side)) return tables;
  return Object.fromEntries(Object.keys(side).map((name, place) => [name, tables[place] as NumberTable]));
}
