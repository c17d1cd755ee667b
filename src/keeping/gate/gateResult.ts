import type { Verdict } from "../../judging/outcome/verdict.ts";
import type { EngineName } from "../../learning/engine/engineName.ts";
import type { GateChange, GatedSubject } from "./gatedSubject.ts";

/** The result of a whole run of the gate. */
export interface GateResult {
  readonly engine: EngineName;
  readonly subjects: readonly GatedSubject[];
  /** The changes of all subjects, regressions first. */
  readonly changes: readonly GateChange[];
  /** Whether no subject regressed, or the baselines were rewritten. */
  readonly passed: boolean;
  /** Whether the baselines were rewritten. */
  readonly updated: boolean;
  /** Runs of regressed subjects that were kept as capsules. */
  readonly kept: readonly KeptRun[];
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
  engine: EngineName,
  subjects: readonly GatedSubject[],
  { updated, kept }: Pick<GateResult, "updated" | "kept">,
): GateResult {
  const changes = subjects.flatMap((subject) => subject.changes);
  return {
    engine,
    subjects,
    changes: changes.toSorted((a, b) => ORDER[a.kind] - ORDER[b.kind]),
    passed: updated || !changes.some(({ regressed }) => regressed),
    updated,
    kept,
  };
}

/** Returns one word for the state of a subject. */
export function stateOf({ baseline, changes }: GatedSubject): "new" | "regressed" | "improved" | "holds" {
  if (!baseline) return "new";
  if (changes.some(({ regressed }) => regressed)) return "regressed";
  return changes.some(({ kind }) => kind === "improved") ? "improved" : "holds";
}

/** Returns the changes for a program, each metric by its name. */
export function changesJson({ changes }: GateResult) {
  return changes.map((change) => ({ ...change, metric: change.metric.name }));
}
