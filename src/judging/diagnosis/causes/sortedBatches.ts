import { percent } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { spreadWithinBatches } from "../../evidence/batchSpread.ts";
import { isSeries } from "../../evidence/series/series.ts";
import type { Cause } from "../cause.ts";

/** Batches whose targets vary less than this share of the whole set teach one thing after another. */
const ALIKE = 0.25;
/** In this much, rows of a drawn order never differ. */
const RATHER_ALIKE = 0.6;

export const sortedBatches: Cause<"sorted-batches"> = {
  name: "sorted-batches",
  claim: "each batch holds examples that are alike, since the rows are sorted and not shuffled",
  examine({ subject, fails }) {
    const spread = fails === null ? null : spreadWithinBatches(subject);
    if (spread === null || spread >= RATHER_ALIKE) return null;
    // Windows of a slow series are like their neighbours, and many networks learn them in their order.
    const isCertain = spread < ALIKE && !isSeries(subject.train);
    return {
      rank: isCertain ? "batches hold one kind of example" : "batches hold rather alike examples",
      evidence: `training takes the rows in their order, and the targets of a batch vary by ${percent(spread)} of what those of all rows do`,
    };
  },
  byHand: "shuffle the rows before each epoch, by an order that inputs and targets share",
  cures: (config) => [changeConfig(config, { "training.shuffle": true })],
};
