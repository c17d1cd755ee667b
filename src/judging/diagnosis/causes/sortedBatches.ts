import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { sortedColumn, spreadWithinBatches } from "../../evidence/batchSpread.ts";
import { isSeries } from "../../evidence/series/series.ts";
import type { Cause } from "../cause.ts";

/** Batches whose targets vary less than this share of the whole set teach one thing after another. */
const ALIKE = 0.25;
/** In this much, rows of a drawn order never differ. */
const RATHER_ALIKE = 0.6;
/** A column that varies less within a batch sorts the rows; what a shuffle changes only a run shows. */
const BY_COLUMN = 0.1;

export const sortedBatches: Cause<"sorted-batches"> = {
  name: "sorted-batches",
  claim: "each batch holds examples that are alike, since the rows are sorted and not shuffled",
  examine({ subject, fails }) {
    const spread = fails === null ? null : spreadWithinBatches(subject);
    if (spread === null) return null;
    if (spread < RATHER_ALIKE) {
      // Windows of a slow series are like their neighbours, and many networks learn them in their order.
      const isCertain = spread < ALIKE && !isSeries(subject.train);
      return {
        rank: isCertain ? "batches hold one kind of example" : "batches hold rather alike examples",
        evidence: `training takes the rows in their order, and the targets of a batch vary by ${percent(spread)} of what those of all rows do`,
      };
    }
    const sorted = sortedColumn(subject);
    if (sorted === null || sorted.spread >= BY_COLUMN) return null;
    return {
      rank: "batches hold rather alike examples",
      evidence: `training takes the rows in their order, which column ${sorted.column + 1} of the inputs sorts: within a batch it varies by ${percent(sorted.spread)} of what it does in all rows, so that each step sees only a few of its values`,
    };
  },
  byHand: "shuffle the rows before each epoch, by an order that inputs and targets share",
  cures: (config) => [changeConfig(config, { "training.shuffle": true })],
};
