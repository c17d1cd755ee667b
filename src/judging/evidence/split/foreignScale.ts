import type { Examples } from "../../../learning/subject/examples.ts";
import {
  type Columned,
  columnValues,
  inputColumns,
  measureScales,
  numberColumns,
} from "../../../learning/subject/matchScales.ts";
import type { ExampleSets } from "../../../learning/subject/subject.ts";
import { findSortedSplit } from "./sortedSplit.ts";

/** What of the held-out examples is on another scale than in training. */
export type ForeignScale = "inputs" | "targets" | "both";

/** A column is on another scale if its spread is this many times as wide, or its middle so many spreads away. */
const FACTOR = 1.5;
const SPREADS = 0.75;
/** Targets of rows from elsewhere may spread differently too; those that were not scaled do so by far. */
const FACTOR_OF_TARGETS = 3;
/** Scaling concerns all columns; some of them may have had that scale before. */
const SHARE = 0.5;
/** Fewer rows do not tell a scale. */
const FEWEST_ROWS = 8;

/**
 * Tells whether the held-out examples look as if they had not been scaled as those of training were: at least half of
 * the columns that vary lie elsewhere or are spread differently.
 *
 * @returns null where they do not, or where the rows were sorted before they were split, which explains it.
 */
export function findForeignScale(sets: ExampleSets): ForeignScale | null {
  const { train, heldOut } = sets;
  if (heldOut === null || train.count < FEWEST_ROWS || heldOut.count < FEWEST_ROWS) return null;
  if (findSortedSplit(sets)) return null;
  const inputs = shareApart(train, heldOut, "inputs", inputColumns(train)) >= SHARE;
  const targets = shareApart(train, heldOut, "targets", numberColumns(train)) === 1;
  if (inputs) return targets ? "both" : "inputs";
  return targets ? "targets" : null;
}

/** The share of the columns that vary which lie on another scale; 0 where none varies. */
function shareApart(
  train: Examples,
  heldOut: Examples,
  side: "inputs" | "targets",
  parts: readonly Columned[],
): number {
  const size = train[side].length / train.count;
  const isApart = side === "inputs" ? liesApart : isSpreadOtherwise;
  const columns = parts.flatMap((part) =>
    Array.from({ length: part.columns }, (_, column) =>
      isApart(columnValues(heldOut[side], size, part, column), columnValues(train[side], size, part, column)),
    ),
  );
  const varying = columns.filter((apart) => apart !== null);
  return varying.length === 0 ? 0 : varying.filter(Boolean).length / varying.length;
}

/** Null for a column that does not vary in one of the sets. */
function liesApart(theirs: Float32Array, ours: Float32Array): boolean | null {
  const { own, reference } = measureScales(theirs, ours);
  if (own.spread === 0 || reference.spread === 0) return null;
  const wider = Math.abs(Math.log(own.spread / reference.spread)) > Math.log(FACTOR);
  const narrowest = Math.min(own.spread, reference.spread);
  return wider || Math.abs(own.middle - reference.middle) > SPREADS * narrowest;
}

function isSpreadOtherwise(theirs: Float32Array, ours: Float32Array): boolean | null {
  const { own, reference } = measureScales(theirs, ours);
  if (own.spread === 0 || reference.spread === 0) return null;
  return Math.abs(Math.log(own.spread / reference.spread)) > Math.log(FACTOR_OF_TARGETS);
}
