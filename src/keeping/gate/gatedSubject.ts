import type { NamedBaseline } from "./baseline.ts";
import type { Comparison } from "./comparing/compare.ts";
import type { Metric } from "./comparing/metrics.ts";
import type { ExpectedPower } from "./comparing/power.ts";
import type { ConfigChange } from "./configChanges.ts";
import type { Measurement } from "./measurement/measurement.ts";
import type { SubjectConfig } from "./subjectConfig.ts";

/** The subject matter of a change: a number that the gate compares, or something that it only reports. */
export type Compared = Pick<Metric, "name" | "title">;

/** The verdict of single seeds. */
const VERDICT: Compared = { name: "verdict", title: "verdict" };

/** The digest of a run; a person sees only its beginning. */
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
  /** How many times as bad as it was; null or absent for what is no ratio. */
  readonly ratio?: number | null;
  /** The probability of so large a difference if nothing had changed. */
  readonly p?: number;
  /** Whether it is so much better that somebody should ask why. */
  readonly suspicious?: boolean;
}

/** A subject, measured and compared. */
export interface GatedSubject extends SubjectConfig {
  readonly baseline: NamedBaseline | undefined;
  readonly measurements: readonly Measurement[];
  /** How the config differs from the baseline's. */
  readonly configChanges: readonly ConfigChange[];
  /** Every metric, changed or not; empty without a baseline. */
  readonly comparisons: readonly Comparison[];
  readonly changes: readonly GateChange[];
  /** What gates with a new baseline are expected to find; left out where a baseline is only compared with. */
  readonly expected?: readonly ExpectedPower[];
}

/** Lists what changed: first what counts, then what is only said. */
export function listChanges(
  subject: string,
  baseline: readonly Measurement[],
  now: readonly Measurement[],
  comparisons: readonly Comparison[],
): readonly GateChange[] {
  const counted = comparisons.flatMap((comparison) => toChange(subject, comparison) ?? []);
  const changes = [...counted, ...noticeLostSeed(subject, baseline, now)];
  return [...changes, ...noticeDigests(subject, baseline, now, changes)];
}

/**
 * An error that fell to less than half is seldom luck: held-out examples may have leaked into the training set, or the
 * task became easier.
 */
const TOO_GOOD = 0.5;

function toChange(subject: string, comparison: Comparison): GateChange | null {
  const { metric, baseline, now, ratio, p, kind } = comparison;
  if (kind === "holds" || kind === "unclear") return null;
  const change = { subject, metric, baseline, now, ratio, p, kind, regressed: kind === "regressed" };
  return { ...change, ...(kind === "improved" && { suspicious: ratio !== null && ratio < TOO_GOOD }) };
}

/** Reports a single seed that no longer learns. This proves nothing yet, so it does not fail the gate. */
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
 * Reports runs whose digest changed while every measurement holds. Such a run learns as well in another way, for
 * instance by sums in another order, so it does not fail the gate.
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
