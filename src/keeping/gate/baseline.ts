import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { type UnwrittenError, writeTogether } from "../../foundation/files/writeWhole.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import { measurementSchema } from "./measurement/measurement.ts";

const VERSION = 1;

/** What one subject measured on one engine when it was last known to be good. */
export const baselineSchema = z.strictObject({
  version: z.literal(VERSION),
  /** Path of the config, from the folder that the gate runs in, with forward slashes. */
  configFile: z.string().min(1),
  engine: z.string().min(1),
  /** The config as it was then, whole: what differs from it now is said beside a regression. */
  config: z.record(z.string(), z.unknown()),
  measurements: z.array(measurementSchema).min(2),
});

export type Baseline = z.output<typeof baselineSchema>;

/** A baseline and what it is of: the name of its file, which is unique within an engine. */
export interface NamedBaseline extends Baseline {
  readonly subject: string;
}

/**
 * Reads every baseline of one engine, by name; none where there is no such folder.
 *
 * @throws {InputError} for a file that is no baseline.
 */
export async function readBaselines(folder: string, engine: string): Promise<readonly NamedBaseline[]> {
  const inside = join(folder, engine);
  const files = (await readdir(inside).catch(() => [])).filter((file) => file.endsWith(".json")).sort();
  return Promise.all(files.map((file) => readBaseline(join(inside, file), engine)));
}

async function readBaseline(path: string, engine: string): Promise<NamedBaseline> {
  const refuse = (got: unknown, rule: string) => {
    const message = `must be a baseline that gate --update wrote${rule}; take it from version control, or delete it and run gate CONFIG --update`;
    return new InputError({ code: "invalid-baseline", field: path, message, got });
  };
  let json: unknown;
  try {
    json = JSON.parse(await readFile(path, "utf8"));
  } catch (error) {
    throw refuse((error as Error).message, "");
  }
  const parsed = baselineSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refuse(issue?.message, ` (at ${issue?.path.join(".") || "its top"})`);
  }
  if (parsed.data.engine !== engine)
    throw refuse(parsed.data.engine, " for the engine that its folder names");
  return { subject: basename(path, ".json"), ...parsed.data };
}

/** Where a subject's baseline lies. */
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
