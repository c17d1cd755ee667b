import { z } from "zod";
import { average } from "../../foundation/numbers/statistics.ts";
import { metrics } from "../gate/comparing/metrics.ts";
import type { GatedSubject } from "../gate/gatedSubject.ts";
import type { GateResult } from "../gate/gateResult.ts";
import type { Commit } from "../git/git.ts";

const VERSION = 1;

const measuredSchema = z.strictObject({
  /** The metric's mean over the baseline's seeds, as far as the seeds measured now tell. */
  level: z.number(),
  /** How many times as bad as the baseline of that time; null for a share of seeds. */
  ratio: z.number().nullable(),
  /** Seeds that were measured. */
  seeds: z.number().int().min(1),
});

/** A run of the gate, as a line of the history. */
export const lineSchema = z.strictObject({
  version: z.literal(VERSION),
  commit: z.string().regex(/^[0-9a-f]{40,64}$/),
  /** When it was committed, in ISO 8601. */
  time: z.string().refine((text) => Number.isFinite(Date.parse(text)), "must be a time in ISO 8601"),
  engine: z.string().min(1),
  subjects: z.array(
    z.strictObject({
      subject: z.string().min(1),
      /** Of the run from the first seed; null on an engine that does not repeat bits. */
      digest: z.string().nullable(),
      metrics: z.record(z.string(), measuredSchema),
    }),
  ),
});

export type HistoryLine = z.output<typeof lineSchema>;

type Measured = z.output<typeof measuredSchema>;

/** Writes down what a gate measured at a commit. */
export function lineOf({ engine, subjects, mode }: GateResult, { commit, time }: Commit): HistoryLine {
  return {
    version: VERSION,
    commit,
    time,
    engine,
    subjects: subjects.map((subject) => ({
      subject: subject.name,
      digest: subject.measurements[0]?.digest ?? null,
      metrics: mode === "updated" ? newLevels(subject) : comparedLevels(subject),
    })),
  };
}

function comparedLevels({ comparisons }: GatedSubject): Record<string, Measured> {
  return Object.fromEntries(
    comparisons.map(({ metric, level, ratio, seeds }) => [metric.name, { level, ratio, seeds }]),
  );
}

/** A new baseline is its own level. */
function newLevels({ measurements }: GatedSubject): Record<string, Measured> {
  return Object.fromEntries(
    metrics.flatMap(({ name, badness, unscale, scale }) => {
      const values = measurements.map(badness).filter((value) => value !== null);
      if (values.length === 0) return [];
      const level = unscale(average(values));
      return [[name, { level, ratio: scale === "ratio" ? 1 : null, seeds: values.length }]];
    }),
  );
}
