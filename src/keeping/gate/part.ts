// A gate can be measured in parts, on several machines. Each part writes what it measured; the gate that puts them
// together compares it with the baselines again, which gives what one machine would have given.

import { createHash } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { readJson } from "../../foundation/files/readJson.ts";
import { writeWhole } from "../../foundation/files/writeWhole.ts";
import { InputError } from "../../foundation/input/inputError.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { NamedBaseline } from "./baseline.ts";
import { judgeSubject, lookUntilDecided, planFor } from "./gate.ts";
import type { GatedSubject } from "./gatedSubject.ts";
import { measurementSchema } from "./measurement/measurement.ts";

const partSchema = z.strictObject({
  version: z.literal(1),
  engine: z.string().min(1),
  falseAlarms: z.number().positive(),
  /** Its number among the parts, from 1. */
  part: z.number().int().min(1),
  of: z.number().int().min(1),
  /** Number of subjects of the whole gate. */
  subjects: z.number().int().min(1),
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
  /** Names of subjects that were not measured, since nothing that they depend on changed. */
  unchanged: z.array(z.string()),
});

/** What one part of a gate measured. */
export type Part = z.output<typeof partSchema>;

/** What is common to all parts. */
export type PartAbout = Pick<Part, "engine" | "falseAlarms" | "part" | "of" | "subjects" | "unchanged">;

/** A gate that was put together of its parts. */
export interface WholeGate extends Pick<Part, "falseAlarms" | "unchanged"> {
  readonly gated: readonly GatedSubject[];
}

/** Writes what a part measured. */
export async function writePart(
  path: string,
  gated: readonly GatedSubject[],
  about: PartAbout,
): Promise<void> {
  const measured = gated.map(({ name, configFile, config, baseline, measurements }) => ({
    name,
    configFile,
    config,
    baseline: baseline === undefined ? "" : hashBaseline(baseline),
    measurements,
  }));
  await writeWhole(path, `${JSON.stringify({ version: 1, ...about, measured })}\n`);
}

/** A part of a thousand subjects. */
const MOST_BYTES = 64 * 1024 ** 2;

/**
 * Reads all parts of a gate from a folder, and compares what they measured.
 *
 * @param baselines those that the parts were measured for.
 * @throws {InputError} where a file is no part, a part is missing or there twice, or the parts do not belong together.
 */
export async function mergeParts(
  folder: string,
  baselines: readonly NamedBaseline[],
  engine: string,
): Promise<WholeGate> {
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json")).sort();
  const parts: Part[] = [];
  for (const file of files) parts.push(await readPart(join(folder, file)));
  const [first] = parts;
  refuseIncomplete(folder, parts, engine);
  const { falseAlarms = 0, subjects = 0 } = first ?? {};
  const gated: GatedSubject[] = [];
  for (const measured of parts.flatMap((part) => part.measured)) {
    const baseline = baselines.find(({ subject }) => subject === measured.name);
    if (!baseline || hashBaseline(baseline) !== measured.baseline) throw otherBaseline(folder, measured.name);
    gated.push(await judgeAgain(measured, baseline, { falseAlarms, subjects }));
  }
  const byName = gated.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return { gated: byName, falseAlarms, unchanged: parts.flatMap((part) => part.unchanged) };
}

async function judgeAgain(
  { name, configFile, config, measurements }: Part["measured"][number],
  baseline: NamedBaseline,
  asked: { readonly falseAlarms: number; readonly subjects: number },
): Promise<GatedSubject> {
  const plan = planFor(baseline, asked);
  const comparisons = await lookUntilDecided(baseline.measurements, plan, async (count) =>
    measurements.slice(0, count),
  );
  // The part parsed this config before it trained it.
  const subject = { name, configFile, config: config as unknown as Config };
  return judgeSubject(subject, baseline, measurements, comparisons);
}

async function readPart(path: string): Promise<Part> {
  const parsed = partSchema.safeParse(await readJson(path, "part of a gate", MOST_BYTES));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw refusal(path, "must be a part that gate --shard --blob wrote", issue?.path.join(".") || "its top");
}

function refuseIncomplete(folder: string, parts: readonly Part[], engine: string): void {
  const [first] = parts;
  if (!first) throw refusal(folder, "must hold the parts that gate --shard --blob wrote", "no part");
  const odd = parts.find(
    ({ of, falseAlarms, subjects, engine: its }) =>
      its !== engine || of !== first.of || falseAlarms !== first.falseAlarms || subjects !== first.subjects,
  );
  if (odd)
    throw refusal(
      folder,
      `must hold parts of one gate, on ${engine}`,
      `part ${odd.part}/${odd.of} of another`,
    );
  for (let part = 1; part <= first.of; part++) {
    const count = parts.filter((one) => one.part === part).length;
    if (count !== 1) throw refusal(folder, `must hold part ${part}/${first.of} once`, `${count} times`);
  }
}

function otherBaseline(folder: string, subject: string): InputError {
  return refusal(
    folder,
    `must be measured for the baseline of ${subject} that lies here; check out its commit`,
    "another",
  );
}

function refusal(field: string, message: string, got: string): InputError {
  return new InputError({ code: "invalid-part", field, message, got });
}

function hashBaseline(baseline: NamedBaseline): string {
  return createHash("sha256").update(JSON.stringify(baseline)).digest("hex");
}
