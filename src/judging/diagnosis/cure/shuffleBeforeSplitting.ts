import { type Change, changeConfig } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { ExampleSets, Subject } from "../../../learning/subject/subject.ts";
import { MANY_UNTAUGHT, shareOfUntaughtRows } from "../../evidence/data/missingClasses.ts";
import { findForeignScale } from "../../evidence/split/foreignScale.ts";
import { findSortedSplit } from "../../evidence/split/sortedSplit.ts";

/** Proposes to hold out a fifth of all rows where more were held out than are trained on. */
export async function holdOutLess(config: Config): Promise<Change | null> {
  if (config.subject !== "own" || config.data.resplit) return null;
  const { train, heldOut } = await createSubject(config);
  if (heldOut === null || heldOut.count <= train.count || findForeignScale({ train, heldOut })) return null;
  return changeConfig(config, { "data.resplit": "more" });
}

/**
 * Proposes to shuffle the rows before they are split, where they were sorted, or where so many held-out rows are of classes
 * that training lacks that no chance has split them. Other held-out examples of another origin are not mixed with those of
 * training: they measure what they were gathered for.
 */
export async function shuffleBeforeSplitting(config: Config): Promise<readonly (Change | null)[]> {
  if (config.subject !== "own") return [];
  const subject = await createSubject(config);
  if (subject.heldOut === null)
    return isAskedByOrder(subject) ? [changeConfig(config, { "data.resplit": "asked" })] : [];
  return isByOrder(subject) ? [changeConfig(config, { "data.resplit": true })] : [];
}

function isByOrder(sets: ExampleSets): boolean {
  return shareOfUntaughtRows(sets) > MANY_UNTAUGHT || findSortedSplit(sets) !== null;
}

/** Whether the rows that the script asks about first, with their targets, are what a split of sorted rows has left. */
function isAskedByOrder({ train, asked = [] }: Subject): boolean {
  const first = asked.find(({ targets }) => targets === "given");
  return first !== undefined && isByOrder({ train, heldOut: first.examples });
}
