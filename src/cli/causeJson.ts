import type { Finding } from "../diagnosis/finding.ts";

/** The likeliest cause as the commands' JSON has it; null where nothing was found. */
export function causeJson([first]: readonly Finding[]): { name: string; evidence: string } | null {
  return first ? { name: first.cause, evidence: first.evidence } : null;
}
