import { z } from "zod";
import { numberAbove, oneOf, realNumber, wholeNumber } from "../../foundation/input/rules.ts";

/** What is watched at the end of every epoch. */
export const anyMonitor = oneOf(["heldOutLoss", "loss", "heldOutAccuracy", "accuracy"])
  .default("heldOutLoss")
  .describe(
    "The loss on the held-out examples, the mean loss of the epoch's batches, or the share of right classes on held-out or training examples.",
  );

export const anyMode = oneOf(["min", "max"])
  .optional()
  .describe("Whether less or more is better. Left out, it is less of a loss and more of an accuracy.");

export const epochSteps = wholeNumber(1, 10_000_000)
  .optional()
  .describe("Updates of an epoch. Left out, an epoch is one pass over the training examples.");

/** When the learning rate is lowered during a run. */
export const plateau = z.strictObject({
  monitor: anyMonitor,
  mode: anyMode,
  factor: numberAbove(0, 1).describe("What the learning rate is multiplied by."),
  patience: wholeNumber(1, 10_000_000)
    .default(10)
    .describe("The rate is lowered after so many epochs in which the monitored number did not improve."),
  minDelta: realNumber(0, 1e12).default(0.0001).describe("An improvement must be larger than this."),
  cooldown: wholeNumber(0, 10_000_000)
    .optional()
    .describe("Epochs after a lowering in which none is counted. Left out, there are none."),
  leastRate: realNumber(0, 1e6).optional().describe("The rate is never lower than this. Left out, it is 0."),
  epochSteps,
});
