import { printNumber } from "../../foundation/print/printNumber.ts";
import type { CureSearch } from "../../judging/diagnosis/cure/attempt.ts";
import type { Finding } from "../../judging/diagnosis/finding.ts";

const MOST_NAMED = 3;

/** The likeliest causes with their evidence, and what was tried against them, for a terminal; empty without any. */
export function describeDiagnosis(findings: readonly Finding[], cures?: CureSearch): string {
  const causes = cures?.causes ?? findings;
  if (causes.length === 0) return "";
  const named = causes
    .slice(0, MOST_NAMED)
    .map(
      ({ cause, evidence, ...judged }, index) =>
        `${index === 0 ? "Cause:" : "  also:"} ${cause}${"status" in judged ? ` (${judged.status})` : ""}: ${evidence}`,
    );
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
