// A calibration can be judged in parts, on several machines: each item is judged by itself, and the summary is made of
// what all parts found.

import { z } from "zod";
import { parseInBlob, refuseBlob } from "../../keeping/blob/blob.ts";
import type { WholeWork } from "../../keeping/blob/readBlobs.ts";
import { takeShard } from "../../keeping/blob/shard.ts";
import { verdictSchema } from "../../keeping/gate/measurement/measurement.ts";
import { type Calibration, gatherCalibration, type ItemResult, itemsOf } from "./calibrate.ts";
import { healthyConfigs } from "./healthyConfigs.ts";
import type { CalibrationConfig } from "./mutation.ts";

/** The most healthy configs. */
export const MOST_HEALTHY = 100_000;

const askedSchema = z.strictObject({
  healthy: z.number().int().min(1).max(MOST_HEALTHY),
  mutated: z.number().int().min(0).max(MOST_HEALTHY),
  seed: z.number().int().min(1),
});

/** What a whole calibration was asked for. */
export type CalibrationAsked = z.output<typeof askedSchema>;

/** JSON has no word for the errors of a run that diverged. */
const errorSchema = z.union([z.number(), z.enum(["NaN", "Infinity", "-Infinity"])]);

const foundSchema = z.array(
  z
    .strictObject({
      judgement: z.strictObject({
        caught: z.boolean(),
        verdict: verdictSchema,
        brokenLaws: z.array(z.string()),
        cause: z.string().nullable(),
      }),
      error: errorSchema,
    })
    .nullable(),
);

/** Returns what a part found, for its blob. */
export function foundByCalibration(judged: readonly ItemResult[]): z.output<typeof foundSchema> {
  return judged.map((item) => {
    if (item === null) return null;
    const { judgement, error } = item;
    return {
      judgement: { ...judgement, brokenLaws: [...judgement.brokenLaws] },
      error: Number.isFinite(error) ? error : errorSchema.parse(String(error)),
    };
  });
}

/**
 * Puts together what all parts of a calibration found.
 *
 * @param draw gives the configs that the parts drew. @defaultValue those of the command line
 * @throws {InputError} where a part is not as `calibrate` writes it, or holds more or fewer items than its share.
 */
export function mergeCalibration(
  { asked: written, parts }: WholeWork,
  draw: (asked: CalibrationAsked) => readonly CalibrationConfig[] = ({ healthy, seed }) =>
    healthyConfigs(healthy, seed),
): Calibration {
  const asked = parseInBlob(askedSchema, written, parts[0]?.path ?? "");
  const items = itemsOf(draw(asked), asked.mutated);
  const judged: ItemResult[] = items.map(() => null);
  const places = [...items.keys()];
  for (const [index, { path, found: its }] of parts.entries()) {
    const found = parseInBlob(foundSchema, its, path);
    const share = takeShard(places, { part: index + 1, of: parts.length });
    if (found.length !== share.length)
      throw refuseBlob(
        path,
        `must hold what was found of ${share.length} of the subjects`,
        String(found.length),
      );
    for (const [at, place] of share.entries()) judged[place] = readItem(found[at] ?? null);
  }
  return gatherCalibration(items, judged);
}

function readItem(item: z.output<typeof foundSchema>[number]): ItemResult {
  return item === null ? null : { judgement: item.judgement, error: Number(item.error) };
}
