import { join } from "node:path";
import { z } from "zod";
import { type UnwrittenError, writeTogether } from "../../foundation/files/writeWhole.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { FEWEST_SEEDS, MOST_SEEDS } from "./compare.ts";
import { measurementSchema } from "./measurement/measurement.ts";

const VERSION = 1;

/** The longest path, in characters, on any common system. */
const LONGEST_PATH = 4096;

const ENOUGH_SEEDS = `must be of ${FEWEST_SEEDS} to ${MOST_SEEDS} seeds: of fewer the gate could hardly fail`;

/** The measurements of one subject on one engine when it was last known to be good. */
export const baselineSchema = z.strictObject({
  version: z.literal(VERSION),
  /** Path of the config, from the folder that the gate runs in, with forward slashes. */
  configFile: z.string().min(1).max(LONGEST_PATH),
  engine: z.string().min(1),
  /** The whole config of that time; the gate reports differences from it beside a regression. */
  config: z.record(z.string(), z.unknown()),
  measurements: z
    .array(z.unknown(), ENOUGH_SEEDS)
    .min(FEWEST_SEEDS, ENOUGH_SEEDS)
    .max(MOST_SEEDS, ENOUGH_SEEDS)
    .pipe(z.array(measurementSchema))
    .refine((all) => new Set(all.map(({ seed }) => seed)).size === all.length, "must name each seed once"),
});

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
  const lines = measurements.map((measurement) => `    ${JSON.stringify(measurement)}`).join(",\n");
  return `{\n${fields.join(",\n")},\n  "measurements": [\n${lines}\n  ]\n}\n`;
}
