import { type Change, changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { findSortedSplit } from "../../evidence/sortedSplit.ts";

/**
 * Proposes to shuffle the rows before they are split, where they were sorted. Held-out examples of another origin are
 * not mixed with those of training: they measure what they were gathered for.
 */
export async function shuffleBeforeSplitting(config: Config): Promise<readonly (Change | null)[]> {
  if (config.subject !== "own") return [];
  return findSortedSplit(await createSubject(config)) ? [changeConfig(config, { "data.resplit": true })] : [];
}
