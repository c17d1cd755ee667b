import { z } from "zod";
import { mostExamples, wholeNumber } from "../../foundation/input/rules.ts";

const columnPlace = wholeNumber(0, mostExamples).describe("The place in a row of inputs, from 0.");
const finite = z.number({ error: "must be a number" });

/** How a column of inputs is read. */
export const inputReading = z.discriminatedUnion("as", [
  z.strictObject({ as: z.literal("names"), place: columnPlace }),
  z.strictObject({
    as: z.literal("codes"),
    step: z
      .number({ error: "must be above 0" })
      .positive("must be above 0")
      .describe("From one code to the next."),
    input: wholeNumber(0, 1000).optional().describe("The model's input, from 0; left out, all of them."),
  }),
  z.strictObject({
    as: z.literal("round"),
    place: columnPlace,
    least: finite.describe("A number at the beginning of a round."),
    step: z
      .number({ error: "must be above 0" })
      .positive("must be above 0")
      .describe("From one time to the next."),
    period: wholeNumber(2, 100_000).describe("Steps of a round."),
  }),
]);
