import { z } from "zod";
import { LARGEST_SEED } from "../../../foundation/random/seed.ts";
import { MOST_POINTS } from "./thinCurve.ts";

const seed = z.number().int().positive().max(LARGEST_SEED);
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** The measurements of one seed, as plain data that baselines and the cache store. */
export const measurementSchema = z.strictObject({
  seed,
  verdict: z.enum(["diverged", "collapsed", "learns", "stalled"]),
  /** Updates until the first rung's single example was known; null if it never was. */
  stepsToOverfitOne: z.number().int().min(0).nullable(),
  /** Number of examples of the highest rung up to which every rung was climbed; 0 for none. */
  memorises: z.number().int().min(0),
  /** Smallest share of its width with which it memorises the top rung; null if its whole width is too narrow. */
  widthNeeded: z.number().positive().max(1).nullable(),
  /** Final training mean squared error over Var(Y), whatever the training loss; null if not finite. */
  finalLoss: z.number().min(0).nullable(),
  /** Var(Ŷ) / Var(Y) at the end; null if not finite. */
  varianceRatio: z.number().min(0).nullable(),
  /** R² on the held-out examples; null if there are none, or if it is not finite. */
  heldOutR2: z.number().max(1).nullable(),
  /** Digest of the run on a bit-exact engine; null on others. */
  digest: digest.nullable(),
  /** Losses over the run, thinned to the columns of a text chart. */
  curve: z.array(z.number().nullable()).max(MOST_POINTS),
});

export type Measurement = z.output<typeof measurementSchema>;
