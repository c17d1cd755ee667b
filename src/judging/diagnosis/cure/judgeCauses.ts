// After the search: what its attempts have shown of each cause.

import { printNumber } from "../../../foundation/print/printNumber.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { CauseName } from "../causes.ts";
import type { Finding } from "../finding.ts";
import type { Attempt, CauseStatus, Cure, JudgedCause, NotTried } from "./attempt.ts";
import { removedBy, removes } from "./origin.ts";
import type { Suspect } from "./suspects.ts";

/** A change that divides the error by this much contributes. */
const CLEARLY = 2;

/** What the search for cures has seen. */
export interface SearchRecord {
  readonly config: Config;
  /** Mean squared error over Var(Y) of the original run; null if it is not known. */
  readonly lossOverVariance: number | null;
  readonly findings: readonly Finding[];
  readonly suspects: readonly Suspect[];
  readonly attempts: readonly Attempt[];
  readonly notTried: readonly NotTried[];
  readonly cure: Cure | null;
}

/** Gives each cause its status and puts the proven ones first, the smallest change before the others. */
export function judgeCauses(record: SearchRecord): readonly JudgedCause[] {
  const found = record.findings.map((finding) => judgeCause(finding, record));
  return [...found, ...unsuspected(record)]
    .map((cause, place) => ({ cause, place }))
    .sort((a, b) => tier(a.cause) - tier(b.cause) || a.place - b.place)
    .map(({ cause }) => cause);
}

const TIERS: Readonly<Record<CauseStatus, number>> = {
  proven: 0,
  contributes: 1,
  "not-tried": 1,
  acquitted: 2,
};

/** A fact about the data or the code stays where it is, even if more than that one fact is wrong. */
const FACT = 0.96;

function tier({ status, confidence }: JudgedCause): number {
  return status === "acquitted" && confidence >= FACT ? TIERS.contributes : TIERS[status];
}

function judgeCause(finding: Finding, record: SearchRecord): JudgedCause {
  const own = attemptsFor(finding.cause, record);
  const cured = own.find(({ cures }) => cures);
  if (cured)
    return judged(finding, "proven", `${cured.change}: with this alone every law holds`, cured.change);
  const { cure } = record;
  if (cure && takesPart(finding.cause, cure, record.config))
    return judged(finding, "contributes", `together every law holds: ${cure.change}`, cure.change);
  const best = own.filter((attempt) => helps(attempt, record)).sort((a, b) => errorOf(a) - errorOf(b))[0];
  if (best) return judged(finding, "contributes", describeHelp(best, record), best.change);
  const [first] = own;
  if (first) return judged(finding, "acquitted", describeFailure(first), null);
  return judged(finding, "not-tried", whyNotTried(finding.cause, record), null);
}

function judged(finding: Finding, status: CauseStatus, why: string, change: string | null): JudgedCause {
  return { ...finding, status, why, change };
}

/** Lists the attempts that changed nothing but what should remove this cause. */
function attemptsFor(cause: CauseName, { suspects, attempts }: SearchRecord): readonly Attempt[] {
  const suspect = suspects.find((one) => one.cause === cause);
  const own = new Set(suspect?.proposals.map(({ change }) => JSON.stringify(change.config)));
  return attempts.filter(({ config }) => own.has(JSON.stringify(config)));
}

/** Whether some field of the cure is there to remove this cause. */
function takesPart(cause: CauseName, { values }: Cure, config: Config): boolean {
  return Object.entries(values).some(([path, value]) => removes(cause, { [path]: value }, config));
}

function errorOf({ lossOverVariance }: { readonly lossOverVariance: number | null }): number {
  return lossOverVariance === null || Number.isNaN(lossOverVariance)
    ? Number.POSITIVE_INFINITY
    : lossOverVariance;
}

function helps(attempt: Attempt, record: SearchRecord): boolean {
  if (attempt.verdict === "learns") return true;
  return errorOf(attempt) * CLEARLY <= errorOf(record) && Number.isFinite(errorOf(attempt));
}

function describeHelp({ change, lossOverVariance, brokenLaws }: Attempt, record: SearchRecord): string {
  const laws = brokenLaws.length > 0 ? `, but ${brokenLaws.join(", ")} does not hold` : "";
  return `${change}: error / Var(Y) goes from ${printNumber(record.lossOverVariance)} to ${printNumber(lossOverVariance)}${laws}`;
}

function describeFailure({ change, verdict, lossOverVariance }: Attempt): string {
  return `${change}: the run still fails (${verdict}, error / Var(Y) ${printNumber(lossOverVariance)})`;
}

function whyNotTried(cause: CauseName, { suspects, notTried }: SearchRecord): string {
  const suspect = suspects.find((one) => one.cause === cause);
  if (!suspect) return "other causes are much likelier";
  const changes = new Set(suspect.proposals.map(({ change }) => change.description));
  const refused = notTried.find(({ change }) => changes.has(change));
  if (refused) return `${refused.change}: ${refused.reason}`;
  return changes.size === 0
    ? "no field of the config removes it: it is in the data, the code or an effect of another cause"
    : "a smaller change was proven first";
}

/** Names the causes that no rule suspected, and that the cure removes all the same. */
function unsuspected({ config, cure, findings }: SearchRecord): readonly JudgedCause[] {
  if (!cure) return [];
  const known = findings.map(({ cause }) => cause);
  const alone = Object.keys(cure.values).length === 1;
  return removedBy(cure.values, config).flatMap((causes, field): JudgedCause[] => {
    const [cause] = causes;
    if (cause === undefined || causes.some((one) => known.includes(one))) return [];
    const [path, value] = Object.entries(cure.values)[field] as [string, unknown];
    const change = changeConfig(config, { [path]: value })?.description ?? cure.change;
    const evidence = `no measurement points to it, but changing it belongs to what makes every law hold: ${change}`;
    const status = alone ? "proven" : "contributes";
    const why = alone
      ? `${change}: with this alone every law holds`
      : `together every law holds: ${cure.change}`;
    return [{ cause, confidence: 0, evidence, status, why, change: cure.change }];
  });
}
