import { z } from "zod";
import { numberAbove, realNumber, wholeNumber } from "../../foundation/input/rules.ts";

const steps = wholeNumber(1, 10_000_000).describe("Updates of the weights over which the rate changes.");
const staircase = z
  .boolean({ error: "must be true or false" })
  .optional()
  .describe("Whether the rate falls in steps, one every `decaySteps`.");
const factor = realNumber(0, 1e6);

const names = ["exponential", "inverseTime", "polynomial", "cosine", "piecewise", "warmup"] as const;

/** The learning rate's factor at each update t, counted from 0; the optimizer's `learningRate` is multiplied by it. */
export const schedule = z.discriminatedUnion(
  "name",
  [
    z
      .strictObject({
        name: z.literal("exponential"),
        decayRate: numberAbove(0, 10).describe("The factor after `decaySteps` updates."),
        decaySteps: steps,
        staircase,
      })
      .describe("decayRate^(t / decaySteps); with `staircase`, t / decaySteps is rounded down."),
    z
      .strictObject({
        name: z.literal("inverseTime"),
        decayRate: realNumber(0, 1e6).describe("How fast the rate falls."),
        decaySteps: steps,
        staircase,
      })
      .describe("1 / (1 + decayRate · t / decaySteps)."),
    z
      .strictObject({
        name: z.literal("polynomial"),
        decaySteps: steps,
        endFactor: factor.default(0).describe("The factor at the end."),
        power: numberAbove(0, 100).default(1).describe("1 for a straight line."),
      })
      .describe(
        "(1 − endFactor) · (1 − t / decaySteps)^power + endFactor; it stays there from decaySteps on.",
      ),
    z
      .strictObject({
        name: z.literal("cosine"),
        decaySteps: steps,
        endFactor: factor.default(0).describe("The factor at the end."),
        warmupSteps: wholeNumber(0, 10_000_000)
          .default(0)
          .describe("Updates over which the rate first rises."),
      })
      .describe("Half a cosine from 1 to endFactor, after a straight rise from 0 over warmupSteps."),
    z
      .strictObject({
        name: z.literal("piecewise"),
        boundaries: z
          .array(wholeNumber(0, 10_000_000), { error: "must be a list of steps" })
          .min(1)
          .max(1000)
          .describe("Updates after which the next factor holds, rising."),
        factors: z
          .array(factor, { error: "must be a list of factors" })
          .min(2)
          .max(1001)
          .describe("One factor more than boundaries."),
      })
      .refine(
        ({ boundaries, factors }) =>
          factors.length === boundaries.length + 1 &&
          boundaries.every((boundary, index) => index === 0 || boundary > (boundaries[index - 1] as number)),
        { error: "must have boundaries that rise, and one factor more than boundaries" },
      )
      .describe("factors[0] up to and including update boundaries[0], then factors[1], and so on."),
    z
      .strictObject({ name: z.literal("warmup"), warmupSteps: steps })
      .describe("A straight rise from 1 / warmupSteps to 1."),
  ],
  { error: `must be one of ${names.map((name) => `"${name}"`).join(", ")}` },
);
