import { z } from "zod";
import { LARGEST_SEED } from "../../../foundation/random/seed.ts";
import { MOST_POINTS } from "./thinCurve.ts";

const seed = z.number().int().positive().max(LARGEST_SEED);
const digest = z.string().regex(/^[0-9a-f]{64}$/);

const climbedLadder = z.strictObject({
  /** Updates until the first rung's single example was known; null if it never was. */
  stepsToOverfitOne: z.number().int().min(0).nullable(),
  /** Number of examples of the highest rung up to which every rung was climbed; 0 for none. */
  memorises: z.number().int().min(0),
  /** Smallest share of its width with which it memorises the top rung; null if its whole width is too narrow. */
  widthNeeded: z.number().positive().max(1).nullable(),
});

export const verdictSchema = z.enum(["diverged", "collapsed", "learns", "stalled"]);

/** The measurements of one seed, as plain data that baselines and the cache store. */
export const measurementSchema = z.strictObject({
  seed,
  verdict: verdictSchema,
  /** Final training mean squared error over Var(Y), whatever the training loss; null if not finite. */
  finalLoss: z.number().min(0).nullable(),
  /**
   * Geometric mean of that error at eight steps of the last fifth of the run; null if not finite, absent in baselines of
   * earlier versions. It varies less from seed to seed than the error at the last step alone.
   */
  lateLoss: z.number().min(0).nullable().optional(),
  /** Var(Ŷ) / Var(Y) at the end; null if not finite. */
  varianceRatio: z.number().min(0).nullable(),
  /** Mean squared error on the held-out examples over their Var(Y); null if not finite, absent if there are none. */
  heldOutError: z.number().min(0).nullable().optional(),
  /** As `lateLoss`, on the held-out examples, of which it takes at most 1024. */
  lateHeldOutError: z.number().min(0).nullable().optional(),
  /** Null where the ladder was not climbed from this seed. */
  ladder: climbedLadder.nullable(),
  /** Digest of the run on a bit-exact engine; null on others. */
  digest: digest.nullable(),
  /** Losses over the run, thinned to the columns of a text chart; a baseline keeps those of a few seeds. */
  curve: z.array(z.number().nullable()).max(MOST_POINTS),
});

export type Measurement = z.output<typeof measurementSchema>;
