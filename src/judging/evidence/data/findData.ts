// What the data say by themselves: rows and columns to look at. Each finding is rare in sound data, by a rule that is
// corrected for the number of rows and columns.

import type { ExampleSets } from "../../../learning/subject/subject.ts";
import { findContradictedRows } from "./contradictedRows.ts";
import { findCopies } from "./copies.ts";
import type { DataFinding } from "./dataFinding.ts";
import { findHeldOutColumns } from "./heldOutColumns.ts";
import { findMissingClasses } from "./missingClasses.ts";
import { findOutliers } from "./outliers.ts";
import { findSortedRows } from "./sortedRows.ts";
import { findTargetColumns } from "./targetColumns.ts";

/** Looks at the examples of a subject; it takes less than a second and draws no random number of a run. */
export function findData({ train, heldOut }: ExampleSets): readonly DataFinding[] {
  const sets = { train, heldOut };
  return [
    ...findTargetColumns(train),
    ...findMissingClasses(sets),
    ...findSortedRows(sets),
    ...findHeldOutColumns(sets),
    ...findCopies(train),
    ...findContradictedRows(train),
    ...findOutliers(train, "train"),
    ...(heldOut ? findOutliers(heldOut, "heldOut") : []),
  ];
}
