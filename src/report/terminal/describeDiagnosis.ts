import { printNumber } from "../../foundation/print/printNumber.ts";
import type { Attempt, CureSearch } from "../../judging/diagnosis/cure/attempt.ts";
import { howItHolds } from "../../judging/diagnosis/cure/causeWords.ts";
import { afterSteps } from "../../judging/diagnosis/cure/cutRun.ts";
import type { Finding } from "../../judging/diagnosis/finding.ts";
import { nameOfError } from "../../learning/config/ownDefaults.ts";

const MOST_NAMED = 3;

/**
 * The likeliest causes with their evidence, and what was tried against them, for a terminal; empty without any.
 *
 * @param verbose whether every cause has its evidence, and every change that was tried is listed. @defaultValue true
 */
export function describeDiagnosis(findings: readonly Finding[], cures?: CureSearch, verbose = true): string {
  const [first, ...others]: readonly Named[] = cures?.causes ?? findings;
  if (first === undefined) return "";
  return [
    `Cause: ${nameOf(first)}: ${first.evidence}`,
    ...describeOthers(others, verbose),
    ...(cures ? describeCures(cures, verbose) : []),
    ...(verbose ? [] : [`More: npx learnproof explain ${first.cause}`]),
  ].join("\n");
}

/** A cause, with what became of it where changes were tried. */
interface Named extends Pick<Finding, "cause" | "evidence"> {
  readonly status?: string;
}

function nameOf({ cause, status }: Named): string {
  return status === undefined ? cause : `${cause} (${status})`;
}

function describeOthers(others: readonly Named[], verbose: boolean): string[] {
  if (others.length === 0) return [];
  const named = others.slice(0, MOST_NAMED - 1);
  if (!verbose) return [`  also: ${named.map(nameOf).join(", ")}`];
  return named.map((other) => `  also: ${nameOf(other)}: ${other.evidence}`);
}

function describeCures({ cure, attempts, notTried }: CureSearch, verbose: boolean): string[] {
  const failed = attempts.filter(({ cures }) => !cures);
  const found = cure
    ? `Cure: ${cure.change}: ${howItHolds(cure)}${afterSteps(cure.cut)}, ${nameOfError(cure.config)} ${printNumber(cure.lossOverVariance)}`
    : attempts.length > 0
      ? `Cure: none of ${verbose ? "these" : `${attempts.length} changes`} made every law hold`
      : "Cure: no change to the config is known to help";
  if (!verbose) return [found];
  const refused = notTried.map(({ change, reason }) => `  not tried: ${change}: ${reason}`);
  return [found, ...failed.map(describeAttempt), ...refused];
}

function describeAttempt({ change, config, verdict, brokenLaws, lossOverVariance, cut }: Attempt): string {
  const breaks = brokenLaws.length > 0 ? `, breaks ${brokenLaws.join(", ")}` : "";
  return `  tried: ${change}: ${verdict}${afterSteps(cut)}, ${nameOfError(config)} ${printNumber(lossOverVariance)}${breaks}`;
}
