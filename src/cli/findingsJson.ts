import type { Finding } from "../judging/diagnosis/finding.ts";

/** A cause as the commands' JSON has it. */
interface CauseJson {
  readonly name: string;
  readonly evidence: string;
  readonly confidence: number;
}

/** Returns the likeliest cause (null if there is none) and all causes, the likeliest first. */
export function findingsJson(findings: readonly Finding[]): {
  cause: CauseJson | null;
  causes: readonly CauseJson[];
} {
  const causes = findings.map(({ cause, evidence, confidence }) => ({ name: cause, evidence, confidence }));
  return { cause: causes[0] ?? null, causes };
}
