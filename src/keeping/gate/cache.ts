import { join } from "node:path";
import { z } from "zod";
import { type FileRule, readWhole } from "../../foundation/files/readWhole.ts";
import { writeWhole } from "../../foundation/files/writeWhole.ts";
import { type Measurement, measurementSchema } from "./measurement/measurement.ts";

const keptSchema = z.strictObject({
  /** Hash of what the subject gave for the seed, see `hashSubject`. */
  begun: z.string(),
  measurement: measurementSchema,
});

const entrySchema = z.strictObject({ inputs: z.string(), kept: z.array(keptSchema) });

type Kept = z.output<typeof keptSchema>;

/** A hundred seeds take a hundredth of it: a larger file is not ours. */
const ENTRY: FileRule = { what: "an entry of the cache", mostBytes: 4 * 1024 ** 2 };

/** Measurements of one subject that were made from the same inputs before. */
export interface Cache {
  /** @param begun hash of what the subject gives for the seed now; a measurement of anything else is not given. */
  readonly get: (seed: number, begun: string) => Measurement | undefined;
  /** Keeps a measurement for the next time; where the cache cannot be written, only for now. */
  readonly put: (measurement: Measurement, begun: string) => Promise<void>;
}

/**
 * Opens the cache of one content hash of inputs; one that is missing or spoilt is empty.
 *
 * @param fresh begins anew, whatever was measured before.
 */
export async function openCache(folder: string, inputs: string, fresh: boolean): Promise<Cache> {
  const path = join(folder, `${inputs}.json`);
  const bySeed = new Map<number, Kept>();
  if (!fresh) for (const kept of readEntry(path, inputs)) bySeed.set(kept.measurement.seed, kept);
  return {
    get(seed, begun) {
      const kept = bySeed.get(seed);
      return kept?.begun === begun ? kept.measurement : undefined;
    },
    async put(measurement, begun) {
      bySeed.set(measurement.seed, { begun, measurement });
      const text = `${JSON.stringify({ inputs, kept: [...bySeed.values()] })}\n`;
      await writeWhole(path, text).catch(() => undefined);
    },
  };
}

function readEntry(path: string, inputs: string): readonly Kept[] {
  try {
    const entry = entrySchema.parse(JSON.parse(readWhole(path, ENTRY).bytes.toString("utf8")));
    return entry.inputs === inputs ? entry.kept : [];
  } catch {
    return [];
  }
}
