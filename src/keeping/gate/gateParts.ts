// A gate can be measured in parts, on several machines. Each part writes what it measured; whoever puts them together
// compares it with the baselines again, which gives what one machine would have given.

import { createHash } from "node:crypto";
import { z } from "zod";
import type { Config } from "../../learning/config/schema.ts";
import { parseInBlob, refuseBlob } from "../blob/blob.ts";
import type { WholeWork } from "../blob/readBlobs.ts";
import type { NamedBaseline } from "./baseline.ts";
import { judgeSubject, lookUntilDecided, planFor } from "./gate.ts";
import type { GatedSubject } from "./gatedSubject.ts";
import { type GateResult, gatherResult } from "./gateResult.ts";
import { measurementSchema, verdictSchema } from "./measurement/measurement.ts";

const askedSchema = z.strictObject({
  /** Names of all subjects of the gate, in the order in which it tells them. */
  subjects: z.array(z.string().min(1)).min(1),
  /** Hash of the configs of all subjects, and of the project's own code. */
  configs: z.string(),
  falseAlarms: z.number().positive(),
  seed: z.number().nullable(),
  all: z.boolean(),
  changed: z.string().nullable(),
  capsules: z.string().nullable(),
});

/** What a whole gate was asked for. */
export type GateAsked = z.output<typeof askedSchema>;

const foundSchema = z.strictObject({
  measured: z.array(
    z.strictObject({
      name: z.string().min(1),
      configFile: z.string().min(1),
      config: z.record(z.string(), z.unknown()),
      /** Hash of the baseline that it was measured for. */
      baseline: z.string(),
      measurements: z.array(measurementSchema).min(1),
    }),
  ),
  /** Runs of regressed subjects that the part kept as capsules. */
  kept: z.array(
    z.strictObject({
      subject: z.string(),
      seed: z.number(),
      path: z.string(),
      verdict: verdictSchema,
      cause: z.string().nullable(),
    }),
  ),
  /** Names of subjects that were not measured, since nothing that they depend on changed. */
  unchanged: z.array(z.string()),
});

type Found = z.output<typeof foundSchema>;

/** Returns what a part found, for its blob. */
export function foundByGate({ subjects, kept, unchanged }: GateResult): Found {
  const measured = subjects.map(({ name, configFile, config, baseline, measurements }) => ({
    name,
    configFile,
    config: { ...config },
    baseline: baseline === undefined ? "" : hashJson(baseline),
    measurements: [...measurements],
  }));
  return { measured, kept: [...kept], unchanged: [...unchanged] };
}

/**
 * Compares what all parts of a gate measured.
 *
 * @param baselines those that lie here.
 * @throws {InputError} where a part is not as a gate writes it, lacks a subject, or was measured for another baseline.
 */
export async function mergeGate(
  { engine, asked: written, parts }: WholeWork,
  baselines: readonly NamedBaseline[],
): Promise<GateResult> {
  const first = parts[0]?.path ?? "";
  const asked = parseInBlob(askedSchema, written, first);
  const found = parts.map(({ path, found }) => ({ path, ...parseInBlob(foundSchema, found, path) }));
  const gated: GatedSubject[] = [];
  for (const { path, measured } of found)
    for (const one of measured) {
      const baseline = baselines.find(({ subject }) => subject === one.name);
      if (!baseline || hashJson(baseline) !== one.baseline) throw otherBaseline(path, one.name);
      gated.push(await judgeAgain(one, baseline, asked));
    }
  const unchanged = found.flatMap((part) => part.unchanged);
  refuseOtherSubjects(first, [...gated.map(({ name }) => name), ...unchanged], asked.subjects);
  const place = (name: string) => asked.subjects.indexOf(name);
  return gatherResult(
    gated.toSorted((a, b) => place(a.name) - place(b.name)),
    {
      engine,
      mode: "compared",
      falseAlarms: asked.falseAlarms,
      reason: null,
      kept: found.flatMap(({ kept }) => kept).toSorted((a, b) => place(a.subject) - place(b.subject)),
      unchanged: unchanged.toSorted((a, b) => place(a) - place(b)),
    },
  );
}

/** The parts measured each subject of the gate once: with one more or less, its error rate would be another. */
function refuseOtherSubjects(path: string, names: readonly string[], subjects: readonly string[]): void {
  const odd =
    subjects.find((name) => names.filter((one) => one === name).length !== 1) ??
    names.find((name) => !subjects.includes(name));
  if (odd !== undefined)
    throw refuseBlob(path, `and the other parts must hold each subject of the gate once`, odd);
}

async function judgeAgain(
  { name, configFile, config, measurements }: Found["measured"][number],
  baseline: NamedBaseline,
  { falseAlarms, subjects }: GateAsked,
): Promise<GatedSubject> {
  const plan = planFor(baseline, { falseAlarms, subjects: subjects.length });
  const comparisons = await lookUntilDecided(baseline.measurements, plan, async (count) =>
    measurements.slice(0, count),
  );
  // The part parsed this config before it trained it.
  const subject = { name, configFile, config: config as unknown as Config };
  return judgeSubject(subject, baseline, measurements, comparisons);
}

function otherBaseline(path: string, subject: string) {
  return refuseBlob(
    path,
    `must be measured for the baseline of ${subject} that lies here; check out its commit, or name its folder with --baselines`,
    "another",
  );
}

/** SHA-256, in hexadecimal, of a value as JSON writes it. */
export function hashJson(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
