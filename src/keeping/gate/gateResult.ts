import type { Verdict } from "../../judging/outcome/verdict.ts";
import type { EngineName } from "../../learning/engine/engineName.ts";
import type { Comparison } from "./comparing/compare.ts";
import type { GateChange, GatedSubject } from "./gatedSubject.ts";

/**
 * What a run did: it compared with the baselines, it rewrote them, or it refused to rewrite them because a new one is
 * worse.
 */
export type GateMode = "compared" | "updated" | "refused";

/** The result of a whole run of the gate. */
export interface GateResult {
  readonly engine: EngineName;
  readonly mode: GateMode;
  /** The probability, at most, that a gate in which nothing got worse fails. */
  readonly falseAlarms: number;
  /** Why new baselines were to be written; null for a comparison. */
  readonly reason: string | null;
  readonly subjects: readonly GatedSubject[];
  /** The changes of all subjects, regressions first. */
  readonly changes: readonly GateChange[];
  /** Whether no subject regressed, or the baselines were rewritten. */
  readonly passed: boolean;
  /** Runs of regressed subjects that were kept as capsules. */
  readonly kept: readonly KeptRun[];
  /** Names of subjects that were not measured, since nothing that they depend on changed. */
  readonly unchanged: readonly string[];
}

/** The worst run of a regressed subject, kept as a capsule so that it can be replayed. */
export interface KeptRun {
  readonly subject: string;
  readonly seed: number;
  /** Path of the capsule. */
  readonly path: string;
  readonly verdict: Verdict;
  /** The likeliest cause; null if none is named. */
  readonly cause: string | null;
}

const ORDER = { regressed: 0, improved: 1, notice: 2 } as const;

/** Gathers the results of all subjects. */
export function gatherResult(
  subjects: readonly GatedSubject[],
  about: Omit<GateResult, "subjects" | "changes" | "passed">,
): GateResult {
  const changes = subjects.flatMap((subject) => subject.changes);
  return {
    ...about,
    subjects,
    changes: changes.toSorted((a, b) => ORDER[a.kind] - ORDER[b.kind]),
    passed: about.mode === "updated" || !changes.some(({ regressed }) => regressed),
  };
}

/** Returns one word for the state of a subject. */
export function stateOf({ baseline, changes }: GatedSubject): "new" | "regressed" | "improved" | "holds" {
  if (!baseline) return "new";
  if (changes.some(({ regressed }) => regressed)) return "regressed";
  return changes.some(({ kind }) => kind === "improved") ? "improved" : "holds";
}

/** A line of the whole table: a metric of a subject, changed or not. */
export interface TableRow extends Comparison {
  readonly subject: string;
}

/** Lists every metric of every subject. */
export function tableOf({ subjects }: Pick<GateResult, "subjects">): readonly TableRow[] {
  return subjects.flatMap(({ name, comparisons }) =>
    comparisons.map((comparison) => ({ subject: name, ...comparison })),
  );
}
