// A baseline is what every later gate rests on, so it is measured from more seeds than a gate, and how many is chosen
// by what its own spread lets a gate find.

import { join } from "node:path";
import { startClock } from "../../foundation/clock.ts";
import { laterSeed } from "../../foundation/random/seed.ts";
import type { NamedBaseline } from "./baseline.ts";
import { compare } from "./comparing/compare.ts";
import {
  BASELINE_FACTOR,
  BASELINE_LADDER_SEEDS,
  looksUpTo,
  MOST_GATE_SEEDS,
  type Plan,
  SECOND_LOOK,
} from "./comparing/plan.ts";
import { expectedPower, seedsNeeded } from "./comparing/power.ts";
import { type GateOptions, judgeSubject, planFor, visibly } from "./gate.ts";
import type { GatedSubject } from "./gatedSubject.ts";
import type { Measurement } from "./measurement/measurement.ts";
import type { AskedSeed, MeasureSeeds } from "./measureSeeds.ts";
import type { SubjectConfig } from "./subjectConfig.ts";
import { repeatTolerance } from "./tolerance.ts";

/** What somebody decides about a baseline. */
export interface BaselineTerms {
  readonly reason: string;
  readonly acceptWorse: boolean;
  readonly floor: NamedBaseline["floor"];
  /** Seeds of the gates that it is for. @defaultValue as many as the wanted power needs and the minutes allow */
  readonly gateSeeds?: number | undefined;
  /** The most minutes that the seeds of a gate may take on this machine. A baseline may take twice as many. */
  readonly minutes: number;
}

/** A baseline to be written, and how it differs from the one before. */
export interface Proposal {
  readonly gated: GatedSubject;
  readonly baseline: NamedBaseline;
}

/** Measures a new baseline and compares it with the one before, if there is one. */
export async function proposeBaseline(
  subject: SubjectConfig,
  former: NamedBaseline | undefined,
  terms: BaselineTerms,
  options: GateOptions,
): Promise<Proposal> {
  const { falseAlarms, subjects, engine } = options;
  const most = BASELINE_FACTOR * (terms.gateSeeds ?? MOST_GATE_SEEDS);
  const plan: Plan = { falseAlarms, subjects, floor: terms.floor.ratio, looks: looksUpTo(MOST_GATE_SEEDS) };
  const first = options.firstSeed ?? former?.measurements[0]?.seed ?? 1;
  const measurements = await measureEnough(await visibly(subject, most, options), first, terms, plan);
  const tolerance = engine.bitExact ? 1 : await toleranceOf(measurements, subject, options);
  const gated = judgeSubject(subject, former, measurements, compareWhole(former, measurements, plan));
  const baseline: NamedBaseline = {
    version: 2,
    subject: subject.name,
    configFile: subject.configFile,
    ...(Object.keys(subject.options ?? {}).length > 0 && { options: subject.options }),
    engine: engine.name,
    config: { ...subject.config },
    reason: terms.reason,
    acceptedWorse: terms.acceptWorse && gated.changes.some(({ regressed }) => regressed),
    floor: terms.floor,
    tolerance,
    measurements: [...measurements],
  };
  const expected = expectedPower(measurements, planFor(baseline, options));
  return { gated: { ...gated, expected }, baseline };
}

/** Seeds that are measured before the next look at the clock. */
const AT_ONCE = 4;

/**
 * Measures as many seeds as the wanted power needs, twice; or as many as there is time for, but never fewer than a gate
 * can do with.
 */
async function measureEnough(
  measureSeeds: MeasureSeeds,
  first: number,
  { gateSeeds, minutes }: BaselineTerms,
  plan: Plan,
): Promise<readonly Measurement[]> {
  const seconds = startClock();
  const begun = await measureSeeds(seedsFrom(first, 0, BASELINE_FACTOR * SECOND_LOOK));
  const measurements = [...begun];
  // Asked anew as they come: the first seeds may have spread less than all of them do.
  const wanted = () => BASELINE_FACTOR * (gateSeeds ?? seedsNeeded(measurements, plan, MOST_GATE_SEEDS));
  const isTime = () => gateSeeds !== undefined || seconds() < BASELINE_FACTOR * minutes * 60;
  while (measurements.length < wanted() && isTime()) {
    const next = Math.min(wanted(), measurements.length + AT_ONCE);
    measurements.push(...(await measureSeeds(seedsFrom(first, measurements.length, next))));
  }
  return measurements;
}

/** Compares at one look, which may spend the whole error rate. */
function compareWhole(former: NamedBaseline | undefined, now: readonly Measurement[], plan: Plan) {
  return former ? compare(former.measurements, now, { ...plan, looks: [now.length] }, 0) : [];
}

function seedsFrom(first: number, from: number, to: number): readonly AskedSeed[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => ({
    seed: laterSeed(first, from + index),
    ladder: from + index < BASELINE_LADDER_SEEDS,
  }));
}

/** Seeds that are measured twice where an engine does not repeat bits. */
const REPEATED = 6;

async function toleranceOf(
  measurements: readonly Measurement[],
  subject: SubjectConfig,
  options: GateOptions,
): Promise<number> {
  const again: MeasureSeeds = await visibly(subject, REPEATED, {
    ...options,
    all: true,
    cache: join(options.cache, "again"),
  });
  const first = measurements.slice(0, REPEATED);
  return repeatTolerance(first, await again(first.map(({ seed }) => ({ seed, ladder: false }))));
}
