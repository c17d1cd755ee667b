import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { writeWhole } from "../../foundation/files/writeWhole.ts";
import { type Measurement, measurementSchema } from "./measurement/measurement.ts";

const entrySchema = z.strictObject({ inputs: z.string(), measurements: z.array(measurementSchema) });

/** Measurements of one subject that were made from the same inputs before. */
export interface Cache {
  readonly get: (seed: number) => Measurement | undefined;
  /** Keeps a measurement for the next time; where the cache cannot be written, only for now. */
  readonly put: (measurement: Measurement) => Promise<void>;
}

/**
 * Opens the cache of one content hash of inputs; one that is missing or spoilt is empty.
 *
 * @param fresh begins anew, whatever was measured before.
 */
export async function openCache(folder: string, inputs: string, fresh: boolean): Promise<Cache> {
  const path = join(folder, `${inputs}.json`);
  const kept = new Map<number, Measurement>();
  if (!fresh)
    for (const measurement of await readEntry(path, inputs)) kept.set(measurement.seed, measurement);
  return {
    get: (seed) => kept.get(seed),
    put: async (measurement) => {
      kept.set(measurement.seed, measurement);
      const text = `${JSON.stringify({ inputs, measurements: [...kept.values()] })}\n`;
      await writeWhole(path, text).catch(() => undefined);
    },
  };
}

async function readEntry(path: string, inputs: string): Promise<readonly Measurement[]> {
  try {
    const entry = entrySchema.parse(JSON.parse(await readFile(path, "utf8")));
    return entry.inputs === inputs ? entry.measurements : [];
  } catch {
    return [];
  }
}
