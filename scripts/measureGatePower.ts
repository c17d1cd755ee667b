// Measures what the gate finds: `npx tsx scripts/measureGatePower.ts [PROGRAM...]`. Each program gets a baseline of as
// many seeds as its own spread asks for, then nine planted losses, no change, and other seeds.

import {
  FALSE_ALARMS,
  FLOOR,
  looksUpTo,
  MOST_GATE_SEEDS,
  type Plan,
} from "../src/keeping/gate/comparing/plan.ts";
import { expectedPower, seedsNeeded } from "../src/keeping/gate/comparing/power.ts";
import { lookUntilDecided } from "../src/keeping/gate/gate.ts";
import type { Measurement } from "../src/keeping/gate/measurement/measurement.ts";
import { startEngine } from "../src/learning/engine/startEngine.ts";
import { type PlantedLoss, plantedLosses } from "./gatePower/losses.ts";
import { programs } from "./gatePower/programs.ts";
import { openRecord, type RecordRun } from "./gatePower/recordRuns.ts";

/** Seeds that no baseline has. */
const ELSEWHERE = 10_000;

const NO_CHANGE: PlantedLoss = { name: "no change" };

async function seedsOf(record: RecordRun, loss: PlantedLoss, first: number, count: number) {
  const measurements: Measurement[] = [];
  for (let seed = first; seed < first + count; seed++) measurements.push(await record(loss, seed));
  return measurements;
}

/** What a gate says of one candidate. */
async function gate(
  baseline: readonly Measurement[],
  plan: Plan,
  record: RecordRun,
  loss: PlantedLoss,
  first: number,
) {
  const comparisons = await lookUntilDecided(baseline, plan, (count) => seedsOf(record, loss, first, count));
  const failed = comparisons.filter(({ kind }) => kind === "regressed");
  const errors = comparisons.filter(({ metric }) => ["finalLoss", "heldOutError"].includes(metric.name));
  return {
    failed: failed.map(({ metric }) => metric.name),
    seeds: comparisons[0]?.seeds ?? 0,
    ratios: errors.map(({ ratio }) => (ratio ?? 1).toFixed(2)),
  };
}

async function study(name: string): Promise<void> {
  const config = programs[name];
  if (!config) throw new Error(`there is no program ${name}; there are ${Object.keys(programs).join(", ")}`);
  const record = openRecord(name, config);
  const asked = { falseAlarms: FALSE_ALARMS, subjects: 1, floor: FLOOR };
  const most: Plan = { ...asked, looks: looksUpTo(MOST_GATE_SEEDS) };
  const baseline = [...(await seedsOf(record, NO_CHANGE, 1, 48))];
  while (baseline.length < 2 * seedsNeeded(baseline, most, MOST_GATE_SEEDS))
    baseline.push(...(await seedsOf(record, NO_CHANGE, baseline.length + 1, 4)));
  const seeds = baseline.length / 2;
  const plan: Plan = { ...asked, looks: looksUpTo(seeds) };
  const detects = expectedPower(baseline, plan)
    .filter(({ metric }) => metric.name === "finalLoss" || metric.name === "heldOutError")
    .map(({ power }) => power.detects?.toFixed(2));
  process.stdout.write(`${name}: ${seeds} seeds, would find × ${detects.join(" and × ")}\n`);
  for (const loss of plantedLosses) await report(loss.name, await gate(baseline, plan, record, loss, 1));
  await report("other seeds", await gate(baseline, plan, record, NO_CHANGE, ELSEWHERE));
}

async function report(name: string, { failed, seeds, ratios }: Awaited<ReturnType<typeof gate>>) {
  const verdict = failed.length > 0 ? `fails (${failed.join(", ")})` : "holds";
  process.stdout.write(`  ${name}: ${verdict}, at ${seeds} seeds; errors × ${ratios.join(" and × ")}\n`);
}

await startEngine({ name: "wasm", environment: process.env });
const asked = process.argv.slice(2);
for (const name of asked.length > 0 ? asked : Object.keys(programs)) await study(name);
