import type { Verdict } from "../../judging/outcome/verdict.ts";
import type { EngineName } from "../../learning/engine/engineName.ts";
import type { GateChange, GatedSubject } from "./gatedSubject.ts";

/** What a whole run of the gate found. */
export interface GateResult {
  readonly engine: EngineName;
  readonly subjects: readonly GatedSubject[];
  /** Of all subjects, regressions first. */
  readonly changes: readonly GateChange[];
  /** Whether no subject regressed, or the baselines were rewritten. */
  readonly passed: boolean;
  /** Whether the baselines were rewritten. */
  readonly updated: boolean;
  /** Where regressions were kept. */
  readonly kept: readonly KeptRun[];
}

/** The run of a regressed subject that did worst, kept so that it can be made again. */
export interface KeptRun {
  readonly subject: string;
  readonly seed: number;
  /** Of the capsule. */
  readonly path: string;
  readonly verdict: Verdict;
  /** The likeliest cause, null where none is named. */
  readonly cause: string | null;
}

const ORDER = { regressed: 0, improved: 1, notice: 2 } as const;

/** Gathers what was found of each subject. */
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

/** One word for what became of a subject. */
export function stateOf({ baseline, changes }: GatedSubject): "new" | "regressed" | "improved" | "holds" {
  if (!baseline) return "new";
  if (changes.some(({ regressed }) => regressed)) return "regressed";
  return changes.some(({ kind }) => kind === "improved") ? "improved" : "holds";
}

/** The changes as programs read them, each metric by its name. */
export function changesJson({ changes }: GateResult) {
  return changes.map((change) => ({ ...change, metric: change.metric.name }));
}
