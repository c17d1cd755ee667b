import type { Finding } from "../judging/diagnosis/finding.ts";

/** A cause as the commands' JSON has it. */
interface CauseJson {
  readonly name: string;
  readonly evidence: string;
  readonly confidence: number;
}

/** What a diagnosis found: the likeliest cause, null where there is none, and all of them in that order. */
export function findingsJson(findings: readonly Finding[]): {
  cause: CauseJson | null;
  causes: readonly CauseJson[];
} {
  const causes = findings.map(({ cause, evidence, confidence }) => ({ name: cause, evidence, confidence }));
  return { cause: causes[0] ?? null, causes };
}
