import { join } from "node:path";
import { z } from "zod";
import { type UnwrittenError, writeTogether } from "../../foundation/files/writeWhole.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { BASELINE_FACTOR, FLOOR, MOST_GATE_SEEDS, SECOND_LOOK } from "./comparing/plan.ts";
import { measurementSchema } from "./measurement/measurement.ts";

const VERSION = 2;

/** A gate compares half as many seeds as its baseline has, and with fewer than its second look it could hardly fail. */
const FEWEST_SEEDS = BASELINE_FACTOR * SECOND_LOOK;
const MOST_SEEDS = BASELINE_FACTOR * MOST_GATE_SEEDS;

/** The most characters of a reason: what a commit's message would say. */
export const LONGEST_REASON = 500;

/** Seeds of which a baseline keeps the loss curve. */
const CURVES = 6;

/** Ten times as bad is a failure by any standard. */
export const MOST_FLOOR = 10;

/** The longest path, in characters, on any common system. */
const LONGEST_PATH = 4096;

const ENOUGH_SEEDS = `must be of ${FEWEST_SEEDS} to ${MOST_SEEDS} seeds: with fewer the gate could hardly fail`;

/** What stands beside a table, a saved model or a script on the command line. */
const besideSchema = z.strictObject({
  data: z.string().min(1).max(LONGEST_PATH).optional(),
  target: z.string().optional(),
  inputs: z.string().optional(),
  exclude: z.string().optional(),
  task: z.string().optional(),
  loss: z.string().optional(),
  fit: z.number().int().min(1).optional(),
  scriptArguments: z.array(z.string()).optional(),
});

export type BesideConfig = z.output<typeof besideSchema>;

/** The measurements of one subject on one engine when it was last known to be good. */
export const baselineSchema = z.strictObject({
  version: z.literal(VERSION),
  /** Path of the config, from the folder that the gate runs in, with forward slashes. */
  configFile: z.string().min(1).max(LONGEST_PATH),
  /** What has to stand beside it, such as the column to predict from a table. Left out where there is none. */
  options: besideSchema.optional(),
  engine: z.string().min(1),
  /** The whole config of that time; the gate reports differences from it beside a regression. */
  config: z.record(z.string(), z.unknown()),
  /** Why somebody made it the baseline. */
  reason: z.string().min(1).max(LONGEST_REASON),
  /** Whether it was made although it was worse than the one before. */
  acceptedWorse: z.boolean(),
  /** The ratio from which a loss is worse by enough to matter, and why it is that. */
  floor: z.strictObject({
    ratio: z.number().gt(1).max(MOST_FLOOR),
    reason: z.string().min(1).max(LONGEST_REASON),
  }),
  /** Largest ratio between the errors of two runs of one seed, on an engine that does not repeat bits; else 1. */
  tolerance: z.number().min(1),
  measurements: z
    .array(z.unknown(), ENOUGH_SEEDS)
    .min(FEWEST_SEEDS, ENOUGH_SEEDS)
    .max(MOST_SEEDS, ENOUGH_SEEDS)
    .pipe(z.array(measurementSchema))
    .refine((all) => new Set(all.map(({ seed }) => seed)).size === all.length, "must name each seed once"),
});

/** The floor unless somebody sets another. */
export const USUAL_FLOOR = { ratio: FLOOR, reason: "the default: a quarter worse" } as const;

export type Baseline = z.output<typeof baselineSchema>;

/** A baseline with the name of its subject, which is the name of its file and unique within an engine. */
export interface NamedBaseline extends Baseline {
  readonly subject: string;
}

/** Returns the path of a subject's baseline. */
export function baselinePath(
  folder: string,
  { engine, subject }: Pick<NamedBaseline, "engine" | "subject">,
): string {
  return join(folder, engine, `${subject}.json`);
}

/**
 * Writes baselines, every one whole, and none where one of them cannot be written.
 *
 * @throws {InputError} naming the file that could not be written: the old ones stand.
 */
export async function writeBaselines(folder: string, baselines: readonly NamedBaseline[]): Promise<void> {
  await writeTogether(
    baselines.map((baseline) => ({ path: baselinePath(folder, baseline), text: printBaseline(baseline) })),
  ).catch((error: UnwrittenError) => {
    const message = "must be a file that can be written; no baseline was changed. Make room, then try again";
    throw new InputError({ code: "unwritable", field: error.path, message, got: error.reason });
  });
}

/** One measurement a line, so that a change of it can be read. */
function printBaseline({ subject: _, ...baseline }: NamedBaseline): string {
  const { measurements, ...head } = baseline;
  const fields = Object.entries(head).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  );
  const lines = measurements
    .map((measurement, index) => (index < CURVES ? measurement : { ...measurement, curve: [] }))
    .map((measurement) => `    ${JSON.stringify(measurement)}`)
    .join(",\n");
  return `{\n${fields.join(",\n")},\n  "measurements": [\n${lines}\n  ]\n}\n`;
}
