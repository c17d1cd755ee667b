import type { Verdict } from "../../judging/outcome/verdict.ts";
import type { Calibration, MutantResult } from "./calibrate.ts";
import type { CalibrationConfig } from "./mutation.ts";

/** The results of one mutation's mutants. */
export interface MutationRow {
  readonly mutation: string;
  readonly mutants: number;
  /** Mutants that harm learning, or must be caught although they do not. */
  readonly harmful: number;
  /** Harmful mutants that a law or the verdict caught. */
  readonly killed: number;
  /** Harmful mutants whose likeliest cause is correct. */
  readonly named: number;
  /** The number of mutants that each law caught, the most first. */
  readonly laws: Readonly<Record<string, number>>;
  /** How often each cause was the likeliest, the most frequent first. */
  readonly causes: Readonly<Record<string, number>>;
}

/** A false alarm: a healthy config that was judged faulty. */
export interface Alarm {
  readonly config: CalibrationConfig;
  readonly verdict: Verdict;
  readonly brokenLaws: readonly string[];
  readonly cause: string | null;
}

export interface CalibrationSummary {
  /** Harmful mutants. */
  readonly mutants: number;
  readonly killed: number;
  readonly named: number;
  /** Mutants that learn as well as the config they come from. */
  readonly harmless: number;
  readonly healthy: number;
  /** Number of healthy configs that were judged faulty. */
  readonly falseAlarms: number;
  /** The healthy configs that were judged faulty, and the faults named. */
  readonly alarms: readonly Alarm[];
  readonly rows: readonly MutationRow[];
  /** Whether every harmful mutant was caught, nine in ten got a correct cause, and there was no false alarm. */
  readonly holds: boolean;
}

const LEAST_NAMED = 0.9;

/** Counts the results of a calibration. */
export function summarise({ healthy, mutants }: Calibration): CalibrationSummary {
  const names = [...new Set(mutants.map(({ mutation }) => mutation))];
  const rows = names.map((name) =>
    summariseMutation(
      name,
      mutants.filter(({ mutation }) => mutation === name),
    ),
  );
  const total = (pick: (row: MutationRow) => number) => rows.reduce((sum, row) => sum + pick(row), 0);
  const harmful = total((row) => row.harmful);
  const killed = total((row) => row.killed);
  const named = total((row) => row.named);
  const alarms = healthy
    .filter(({ caught }) => caught)
    .map(({ config, verdict, brokenLaws, cause }) => ({ config, verdict, brokenLaws, cause }));
  return {
    mutants: harmful,
    killed,
    named,
    harmless: mutants.length - harmful,
    healthy: healthy.length,
    falseAlarms: alarms.length,
    alarms,
    rows,
    holds: killed === harmful && named >= LEAST_NAMED * harmful && alarms.length === 0,
  };
}

function summariseMutation(mutation: string, mutants: readonly MutantResult[]): MutationRow {
  const harmful = mutants.filter(({ isHarmful }) => isHarmful);
  return {
    mutation,
    mutants: mutants.length,
    harmful: harmful.length,
    killed: harmful.filter(({ caught }) => caught).length,
    named: harmful.filter(({ isNamed }) => isNamed).length,
    laws: count(harmful.flatMap(({ brokenLaws }) => brokenLaws)),
    causes: count(harmful.flatMap(({ cause }) => (cause === null ? [] : [cause]))),
  };
}

function count(names: readonly string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return Object.fromEntries([...counts].sort((a, b) => b[1] - a[1]));
}
