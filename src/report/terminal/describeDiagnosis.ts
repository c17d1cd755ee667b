import { printNumber } from "../../foundation/print/printNumber.ts";
import type { Finding } from "../../judging/diagnosis/finding.ts";
import type { CureSearch } from "../../judging/diagnosis/proveCure.ts";

const MOST_NAMED = 3;

/** The likeliest causes with their evidence, and what was tried against them, for a terminal; empty without any. */
export function describeDiagnosis(findings: readonly Finding[], cures?: CureSearch): string {
  if (findings.length === 0) return "";
  const named = findings
    .slice(0, MOST_NAMED)
    .map(({ cause, evidence }, index) => `${index === 0 ? "Cause:" : "  also:"} ${cause}: ${evidence}`);
  return [...named, ...(cures ? describeCures(cures) : [])].join("\n");
}

function describeCures({ cure, attempts, notTried }: CureSearch): string[] {
  const tried = attempts
    .filter(({ cures }) => !cures)
    .map(
      ({ change, verdict, brokenLaws, lossOverVariance }) =>
        `  tried: ${change}: ${verdict}, error / Var(Y) ${printNumber(lossOverVariance)}${brokenLaws.length > 0 ? `, breaks ${brokenLaws.join(", ")}` : ""}`,
    );
  const found = cure
    ? `Cure: ${cure.change}: every law holds, error / Var(Y) ${printNumber(cure.lossOverVariance)}`
    : attempts.length > 0
      ? "Cure: none of these made every law hold"
      : "Cure: no change to the config is known to help";
  const refused = notTried.map(({ change, reason }) => `  not tried: ${change}: ${reason}`);
  return [found, ...tried, ...refused];
}
