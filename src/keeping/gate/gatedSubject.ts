import type { NamedBaseline } from "./baseline.ts";
import type { ConfigChange } from "./configChanges.ts";
import type { Measurement } from "./measurement/measurement.ts";
import type { Metric } from "./metrics.ts";
import type { SubjectConfig } from "./subjectConfig.ts";

/** What a change is of: one of the numbers that the gate compares, or something that it only gives notice of. */
export type Compared = Pick<Metric, "name" | "title">;

/** The seeds that learn, one by one. */
const VERDICT: Compared = { name: "verdict", title: "verdict" };

/** The bits of a run; a person is shown the beginning alone. */
export const DIGEST: Compared = { name: "digest", title: "digest" };

/** One difference from a baseline. */
export interface GateChange {
  readonly subject: string;
  readonly metric: Compared;
  readonly baseline: number | string;
  readonly now: number | string;
  /** Whether the gate fails for it. */
  readonly regressed: boolean;
  readonly kind: "regressed" | "improved" | "notice";
  /** The chance of a difference as large if nothing had changed. */
  readonly p?: number;
}

/** A subject, measured and compared. */
export interface GatedSubject extends SubjectConfig {
  readonly baseline: NamedBaseline | undefined;
  readonly measurements: readonly Measurement[];
  /** How the config differs from the baseline's. */
  readonly configChanges: readonly ConfigChange[];
  readonly changes: readonly GateChange[];
}

/** One seed that no longer learns is no proof; it is said, and does not fail the gate. */
export function noticeLostSeed(
  subject: string,
  baseline: readonly Measurement[],
  now: readonly Measurement[],
): readonly GateChange[] {
  const lost = now.filter(({ verdict }) => verdict !== "learns");
  const [only] = lost;
  if (lost.length !== 1 || !only || baseline.some(({ verdict }) => verdict !== "learns")) return [];
  const notice = { subject, metric: VERDICT, regressed: false, kind: "notice" } as const;
  return [{ ...notice, baseline: "learns", now: `${only.verdict} from seed ${only.seed}` }];
}

/**
 * A run whose bits changed while every measurement holds learnt as well in another way: sums in another
 * order, say. It is said, and does not fail the gate.
 */
export function noticeDigests(
  subject: string,
  baseline: readonly Measurement[],
  now: readonly Measurement[],
  changes: readonly GateChange[],
): readonly GateChange[] {
  if (changes.some(({ regressed }) => regressed)) return [];
  const pairs = now.flatMap(({ seed, digest }) => {
    const before = baseline.find((measurement) => measurement.seed === seed)?.digest;
    return before && digest && before !== digest ? [{ before, digest }] : [];
  });
  const [first] = pairs;
  if (!first) return [];
  const notice = { subject, metric: DIGEST, regressed: false, kind: "notice" } as const;
  return [{ ...notice, baseline: first.before, now: first.digest }];
}
