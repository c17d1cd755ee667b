import { readFile } from "node:fs/promises";
import { z } from "zod";
import { InputError } from "../../foundation/input/inputError.ts";
import type { Bench, Speed } from "./bench.ts";

/** What is read of a row of an earlier run. */
const rowSchema = z.object({
  engine: z.string(),
  variant: z.string(),
  pass: z.string(),
  probes: z.boolean(),
  threads: z.number(),
  imageSize: z.number(),
  batch: z.number(),
  msPerStep: z.number().positive(),
});
const benchSchema = z.object({ rows: z.array(rowSchema) });

/** An earlier run, as `bench --json` printed it. */
export type EarlierBench = z.infer<typeof benchSchema>;

/** How much faster one row is than it was. */
export interface Change {
  readonly row: Speed;
  /** Milliseconds of a pass in the earlier run. */
  readonly earlierMs: number;
  /** How many times as fast as then; above 1 if it is faster now. */
  readonly speed: number;
}

/**
 * Reads what `bench --json` printed.
 *
 * @throws {InputError} for a file that cannot be read, or that holds something else.
 */
export async function readBench(path: string): Promise<EarlierBench> {
  try {
    return benchSchema.parse(JSON.parse(await readFile(path, "utf8")));
  } catch (error) {
    const reason = error instanceof z.ZodError ? "it has no rows of a bench" : (error as Error).message;
    throw new InputError({
      code: "invalid-bench",
      field: "--against",
      message: `must be torch, or a file that bench --json has printed, but ${reason}`,
      got: path,
    });
  }
}

/** Lays each row beside the same row of an earlier run; rows that only one of the runs has are left out. */
export function compareBenches({ rows }: Bench, earlier: EarlierBench): Change[] {
  return rows.flatMap((row) => {
    const same = earlier.rows.find((other) => keyOf(other) === keyOf(row));
    return same ? [{ row, earlierMs: same.msPerStep, speed: same.msPerStep / row.msPerStep }] : [];
  });
}

function keyOf(row: EarlierBench["rows"][number] | Speed): string {
  const { engine, variant, pass, probes, threads, imageSize, batch } = row;
  return JSON.stringify([engine, variant, pass, probes, threads, imageSize, batch]);
}
