import type { Finding } from "../finding.ts";
import { removes } from "./origin.ts";
import type { SearchRecord } from "./searchRecord.ts";

/**
 * Finds the facts that the one change of a cure has removed, though no rule says that it removes them: a run that learns would
 * show them as well, and the cured one does not. They are what the change is about, before any name of the change itself.
 */
export function removedFacts({
  cure,
  findings,
  config,
}: Pick<SearchRecord, "cure" | "findings" | "config">): readonly Finding[] {
  if (!cure || Object.keys(cure.values).length !== 1) return [];
  if (findings.some(({ cause }) => removes(cause, cure.values, config))) return [];
  return findings.filter(({ isFact }) => isFact === true);
}
