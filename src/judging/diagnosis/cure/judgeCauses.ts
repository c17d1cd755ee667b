// After the search: what its attempts have shown of each cause.

import type { Config } from "../../../learning/config/schema.ts";
import type { CauseName } from "../causes.ts";
import type { Finding } from "../finding.ts";
import type { Attempt, CauseStatus, Cure, JudgedCause } from "./attempt.ts";
import { describeFailure, describeHelp, describeOpen, howItHolds, whyNotTried } from "./causeWords.ts";
import { afterSteps } from "./cutRun.ts";
import { isNeeded, whyNotTakenBack } from "./needed.ts";
import { removes } from "./origin.ts";
import { removedFacts } from "./removedFacts.ts";
import type { SearchRecord } from "./searchRecord.ts";
import { unsuspected } from "./unsuspected.ts";
import { workOf } from "./work.ts";

/** A change that divides the error by this much contributes. */
export const CLEARLY = 2;

/**
 * Gives each cause its status and orders them:
 *
 * 1. Those that are proven by a change which costs no more training; sorted batches before the steps that they make too large,
 *    and the steps before the units that they killed.
 * 2. One that no field of the config removes, and that is what is left once another change makes the run learn: that
 *    change only taught it the training examples.
 * 3. Those that contribute, and those that are proven by much more training, in the order of their evidence. More
 *    training makes up for many a fault without removing it, so that it proves less.
 * 4. Those that were not tried, unless nothing is proven: then they stand among the third.
 * 5. The acquitted ones. A fact about the data or the code is never behind the third.
 */
export function judgeCauses(record: SearchRecord): readonly JudgedCause[] {
  const found = record.findings.map((finding) => judgeCause(finding, record));
  const causes = [...found, ...unsuspected(record)];
  const isProven = causes.some(({ status }) => status === "proven");
  const sorted = causes
    .map((cause, place) => ({ cause, place, tier: tierOf(cause, record, isProven) }))
    .sort((a, b) => a.tier - b.tier || a.place - b.place);
  const proven = sorted.filter(({ tier }) => tier === PROVEN).map(({ cause }) => cause);
  const others = sorted.filter(({ tier }) => tier !== PROVEN).map(({ cause }) => cause);
  const steps = before(proven, "learning-rate-too-high", DONE_TO_UNITS);
  return [...before(steps, "sorted-batches", ["learning-rate-too-high", ...DONE_TO_UNITS]), ...others];
}

/** What steps that are too large do to units. */
const DONE_TO_UNITS: readonly CauseName[] = ["dead-relu-units", "saturated-units", "saturated-outputs"];

/**
 * Puts a proven cause before what it brings about. Smaller steps alone spare the units that large ones kill or saturate; and where a
 * shuffle alone makes every law hold, the steps are not too large for batches that hold some of everything.
 */
function before(
  proven: readonly JudgedCause[],
  cause: CauseName,
  effects: readonly CauseName[],
): readonly JudgedCause[] {
  const upstream = proven.find((one) => one.cause === cause);
  const first = proven.findIndex((one) => effects.includes(one.cause));
  if (!upstream || first < 0 || proven.indexOf(upstream) < first) return proven;
  const others = proven.filter((one) => one !== upstream);
  return [...others.slice(0, first), upstream, ...others.slice(first)];
}

const PROVEN = 0;
const LEFT_OVER = 1;
const LIKELY = 2;
const UNTRIED = 3;
const ACQUITTED = 4;

/** A fact about the data or the code stays where it is, even if more than that one fact is wrong. */
const FACT = 0.96;
/** A change that takes this many times the work of the original run makes up for faults without removing them. */
const MUCH_MORE = 2;

function tierOf(cause: JudgedCause, record: SearchRecord, isProven: boolean): number {
  const { status, rank } = cause;
  if (status === "proven") return isCostly(cause, record) ? LIKELY : PROVEN;
  if (isLeftOver(cause, record)) return LEFT_OVER;
  if (status === "contributes" || rank >= FACT) return LIKELY;
  if (status === "acquitted") return ACQUITTED;
  return isProven ? UNTRIED : LIKELY;
}

/** Whether a run that learns by another change is left with this cause, which no change removes. */
function isLeftOver({ cause }: Finding, { verdict, suspects, attempts }: SearchRecord): boolean {
  const suspect = suspects.find((one) => one.cause === cause);
  if (verdict === "learns" || suspect === undefined || suspect.proposals.length > 0) return false;
  return attempts.some((attempt) => attempt.verdict === "learns" && attempt.remaining[0] === cause);
}

function isCostly({ cause }: JudgedCause, record: SearchRecord): boolean {
  const proof = provenBy(cause, attemptsFor(cause, record), record) ?? record.cure;
  return proof !== null && workOf(proof.config) >= MUCH_MORE * workOf(record.config);
}

function judgeCause(finding: Finding, record: SearchRecord): JudgedCause {
  const own = attemptsFor(finding.cause, record);
  const { cure } = record;
  const cured = provenBy(finding.cause, own, record) ?? (cure && alone(finding.cause, cure, record.config));
  if (cured)
    return judged(
      finding,
      "proven",
      `${cured.change}: with this alone ${howItHolds(cured)}${afterSteps(cured.cut)}`,
      cured.change,
    );
  if (cure && removedFacts(record).includes(finding))
    return judged(
      finding,
      "proven",
      `${cure.change}: with this alone it is gone, and ${howItHolds(cure)}${afterSteps(cure.cut)}`,
      cure.change,
    );
  const [part, ...parts] = cure ? partsIn(finding.cause, cure, record.config) : [];
  if (cure && part !== undefined && [part, ...parts].some((path) => isNeeded(path, cure, record.attempts)))
    return judged(finding, "contributes", `together ${howItHolds(cure)}: ${cure.change}`, cure.change);
  const best = own.filter((attempt) => helps(attempt, record)).sort((a, b) => errorOf(a) - errorOf(b))[0];
  if (best) return judged(finding, "contributes", describeHelp(best, record), best.change);
  if (cure && part !== undefined)
    return judged(
      finding,
      "not-tried",
      `its change is one of those that together make every law hold (${cure.change}); whether they need it was not tried: ${whyNotTakenBack(part, cure, record)}`,
      null,
    );
  const ended = own.filter(({ cut }) => !cut?.isOpen);
  // Where training fails only once the change is made, held-out examples cannot tell what the change does for them.
  const tells = ({ verdict }: Attempt) => record.verdict !== "learns" || verdict === "learns";
  const removed = ended.find((attempt) => !attempt.remaining.includes(finding.cause) && tells(attempt));
  if (removed) return judged(finding, "acquitted", describeFailure(removed), null);
  if (ended.length > 0 && !ended.some(tells))
    return judged(finding, "not-tried", `${describeFailure(ended[0] as Attempt)}, in training itself`, null);
  const [first] = ended;
  if (first) return judged(finding, "not-tried", `${describeFailure(first)}, and still shows it`, null);
  const [open] = own;
  if (open) return judged(finding, "not-tried", describeOpen(open), null);
  return judged(finding, "not-tried", whyNotTried(finding.cause, record), null);
}

/** The cure, if what is left of it, once the changes that it does not need are taken back, is this cause's own change. */
function alone(cause: CauseName, cure: Cure, config: Config): Cure | null {
  const isOwn = cure.cause === cause && partsIn(cause, cure, config).length === 1;
  return isOwn && Object.keys(cure.values).length === 1 ? cure : null;
}

/** Lists the fields of a cure whose change removes a cause. */
function partsIn(cause: CauseName, { values }: Cure, config: Config): string[] {
  return Object.entries(values)
    .filter(([path, value]) => removes(cause, { [path]: value }, config))
    .map(([path]) => path);
}

function judged(finding: Finding, status: CauseStatus, why: string, change: string | null): JudgedCause {
  return { ...finding, status, why, change };
}

/** Finds the cure that is this cause's own: the first change that it proposes, or one whose every field removes it. */
function provenBy(
  cause: CauseName,
  own: readonly Attempt[],
  { suspects, config }: SearchRecord,
): Attempt | undefined {
  const first = suspects.find((one) => one.cause === cause)?.proposals[0]?.change.config;
  return own.find(
    (attempt) =>
      attempt.cures &&
      (removes(cause, attempt.values, config) || JSON.stringify(attempt.config) === JSON.stringify(first)),
  );
}

/** Lists the attempts that changed nothing but what should remove this cause. */
function attemptsFor(cause: CauseName, { suspects, attempts }: SearchRecord): readonly Attempt[] {
  const suspect = suspects.find((one) => one.cause === cause);
  const own = new Set(suspect?.proposals.map(({ change }) => JSON.stringify(change.config)));
  return attempts.filter(({ config }) => own.has(JSON.stringify(config)));
}

/** The error of a run, for comparison: one that is no number is the worst. */
export function errorOf({ lossOverVariance }: { readonly lossOverVariance: number | null }): number {
  return lossOverVariance === null || Number.isNaN(lossOverVariance)
    ? Number.POSITIVE_INFINITY
    : lossOverVariance;
}

function helps(attempt: Attempt, record: SearchRecord): boolean {
  // Laws were measured, so nothing was found that is wrong with the changed run itself.
  if (attempt.brokenLaws.length > 0) return true;
  if (attempt.verdict === "learns" && record.verdict !== "learns") return true;
  // The first steps of any run leave about what a constant does, which is less than what a diverged run ends at.
  if (attempt.cut?.isOpen) return false;
  return errorOf(attempt) * CLEARLY <= errorOf(record) && Number.isFinite(errorOf(attempt));
}
