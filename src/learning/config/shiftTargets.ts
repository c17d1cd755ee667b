import { z } from "zod";
import { wholeNumber } from "../../foundation/input/rules.ts";

/** Targets move by at most this many rows. */
const MOST_SHIFT = 1000;
const shift = wholeNumber(-MOST_SHIFT, MOST_SHIFT);

/** By how many rows the targets of each set move. */
export const shiftTargets = z
  .strictObject(
    {
      train: shift.describe("By how many rows the targets of the training examples move."),
      heldOut: shift.describe("By how many rows those of the held-out examples move."),
      asked: shift
        .optional()
        .describe("By how many rows those of the rows that the script asks about move. Left out, by none."),
      along: z
        .literal("windows", {
          error: 'must be "windows"; leave it out for the order in which the rows stand',
        })
        .optional()
        .describe(
          "`windows`: the rows further on are those of a series whose windows the inputs are, in whatever order they stand.",
        ),
    },
    { error: 'must be numbers of rows such as {"train": 1, "heldOut": 1}' },
  )
  .optional()
  .describe(
    "Gives each row of inputs the target that stands so many rows further on (below 0: further back). Rows without one are left out.",
  );
