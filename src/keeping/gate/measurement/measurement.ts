import { z } from "zod";
import { LARGEST_SEED } from "../../../foundation/random/seed.ts";
import { MOST_POINTS } from "./thinCurve.ts";

const seed = z.number().int().positive().max(LARGEST_SEED);
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** What the laws measured from one seed. Plain data, as it lies in a baseline and in the cache. */
export const measurementSchema = z.strictObject({
  seed,
  verdict: z.enum(["diverged", "collapsed", "learns", "stalled"]),
  /** Updates until one example was known; null where it never was. */
  stepsToOverfitOne: z.number().int().min(0).nullable(),
  /** Examples of the highest rung of the ladder that was climbed without missing one; 0 for none. */
  memorises: z.number().int().min(0),
  /** The least share of its width with which it memorises the top rung; null where its whole width is too narrow. */
  widthNeeded: z.number().positive().max(1).nullable(),
  /** Final training mean squared error over Var(Y), whatever loss was trained; null where not finite. */
  finalLoss: z.number().min(0).nullable(),
  /** Var(Ŷ) / Var(Y) at the end; null where not finite. */
  varianceRatio: z.number().min(0).nullable(),
  /** Null where there are no held-out examples, or where it is not finite. */
  heldOutR2: z.number().max(1).nullable(),
  /** Of the run, on an engine that promises the same bits; null on others. */
  digest: digest.nullable(),
  /** The loss over the run, thinned to what a chart in text can show. */
  curve: z.array(z.number().nullable()).max(MOST_POINTS),
});

export type Measurement = z.output<typeof measurementSchema>;
