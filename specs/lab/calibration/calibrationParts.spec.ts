import { beforeAll, expect, test } from "vitest";
import type { WholeWork } from "../../../src/keeping/blob/readBlobs.ts";
import { takeShard } from "../../../src/keeping/blob/shard.ts";
import {
  gatherCalibration,
  type ItemResult,
  itemsOf,
  judgeItems,
} from "../../../src/lab/calibration/calibrate.ts";
import { foundByCalibration, mergeCalibration } from "../../../src/lab/calibration/calibrationParts.ts";
import { healthyConfigs } from "../../../src/lab/calibration/healthyConfigs.ts";
import { type Engine, startEngine } from "../../../src/learning/engine/startEngine.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine({ name: "wasm" });
});

/** Brief: what is held here is that each result comes back to its place. */
const draw = () =>
  healthyConfigs(2, 3).map((config) => ({ ...config, training: { ...config.training, steps: 3 } }));

/** As one part writes it and another machine reads it. */
function toWork(judged: readonly ItemResult[], of: number): WholeWork {
  const parts = Array.from({ length: of }, (_, index) => {
    const share = takeShard(judged, { part: index + 1, of });
    return { path: `${index + 1}.json`, found: JSON.parse(JSON.stringify(foundByCalibration(share))) };
  });
  return { kind: "calibrate", engine: "wasm", asked: { healthy: 2, mutated: 1, seed: 3 }, parts };
}

test("mutants that other parts judged than their originals are what one machine finds", async () => {
  const items = itemsOf(draw(), 1);
  const lastHealthy = items.findLastIndex(({ mutation }) => mutation === null);
  // Some mutations suffice; the others count as those that do not apply.
  const chosen = [0, 1, 2, 3, lastHealthy];
  const judged = await judgeItems(
    chosen.map((place) => items[place] as (typeof items)[number]),
    { engine },
  );
  const placed = items.map((_, place) => judged[chosen.indexOf(place)] ?? null);
  // As of a run that diverged, for which JSON has no number.
  const found = placed.map((item, place) => (item && place === 2 ? { ...item, error: Number.NaN } : item));
  const whole = gatherCalibration(items, found);

  expect([whole.healthy.length, whole.mutants.length]).toEqual([2, 3]);
  expect(whole.mutants[1]).toMatchObject({ mutantError: Number.NaN, isHarmful: true });
  for (const of of [1, 2, 3]) expect(mergeCalibration(toWork(found, of), draw)).toEqual(whole);
  // The twin: what a part found is not what it must have found.
  expect(mergeCalibration(toWork(placed, 2), draw)).not.toEqual(whole);
});
