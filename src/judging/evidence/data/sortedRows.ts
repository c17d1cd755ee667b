import type { ExampleSets } from "../../../learning/subject/subject.ts";
import { findSortedSplit } from "../split/sortedSplit.ts";
import type { DataFinding } from "./dataFinding.ts";

/** Finds rows that were sorted by a column when they were split, so that one side holds one end of it. */
export function findSortedRows(sets: ExampleSets): DataFinding[] {
  const sorted = findSortedSplit(sets);
  if (!sorted) return [];
  return [
    {
      kind: "sorted-split",
      claim: `shuffle the rows before they are split: they are sorted by ${sorted.name}, so that the held-out ones are one end of it`,
      rows: [],
      set: "heldOut",
      column: sorted.name,
    },
  ];
}
