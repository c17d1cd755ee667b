import type { Finding } from "../judging/diagnosis/finding.ts";

/** A cause as the commands' JSON has it. */
interface CauseJson {
  readonly name: string;
  readonly evidence: string;
}

/** Returns the likeliest cause (null if there is none) and all causes, the likeliest first. */
export function findingsJson(findings: readonly Finding[]): {
  cause: CauseJson | null;
  causes: readonly CauseJson[];
} {
  const causes = findings.map(({ cause, evidence }) => ({ name: cause, evidence }));
  return { cause: causes[0] ?? null, causes };
}
