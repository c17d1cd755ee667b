// The parts of a search for cures, each of which may find one.

import { largestOf } from "../../../foundation/numbers/extremes.ts";
import type { Change } from "../../../learning/config/changeConfig.ts";
import type { Config } from "../../../learning/config/schema.ts";
import type { CheckVerdict } from "../../outcome/openEnd.ts";
import type { CauseName } from "../causes.ts";
import type { Cure, Proposal } from "./attempt.ts";
import { followUp } from "./followUp.ts";
import { removes, takesPart } from "./origin.ts";
import { placeInRecipe, soundRecipes } from "./recipe.ts";
import { type Suspect, unite } from "./suspects.ts";
import { takeBack } from "./takeBack.ts";
import type { Trial, Trials } from "./trials.ts";
import { workOf } from "./work.ts";

/** What a part of the search knows. */
export interface Search {
  readonly config: Config;
  readonly suspects: readonly Suspect[];
  readonly trials: Trials;
  /** How the original run ended. */
  readonly verdict: CheckVerdict;
  readonly lossOverVariance: number | null;
  /** Whether the likely causes get their status even after a cure is found. */
  readonly judgesAll: boolean;
}

/** One part of the search; it is given the cure that earlier parts have found, and returns the best one it knows. */
export type Stage = (search: Search, found: Cure | null) => Promise<Cure | null>;

/** The most causes whose first changes are tried alone, and how many of them before anything larger is tried. */
const MOST_SUSPECTS = 8;
const LIKELIEST = 4;
/** Once a cure is found, changes that take this many times the work of the original run are left out. */
const COSTLY = 4;

/**
 * Tries the first changes of some of the causes alone: first those that cost no more training, the likeliest first. A cause
 * that its first change did not remove is changed once more, at the cost of much more training only if that change helped.
 */
function changeEach(from: number, to: number): Stage {
  return async ({ config, suspects, trials, judgesAll, lossOverVariance }, found) => {
    let cure = found;
    const isCostly = ({ change }: Proposal) => workOf(change.config) >= COSTLY * workOf(config);
    const tier = suspects.slice(from, to).filter(({ proposals: [first] }) => first !== undefined);
    const costs = ({ proposals: [first] }: Suspect) => (first && isCostly(first) ? 1 : 0);
    const inOrder = tier.sort((a, b) => costs(a) - costs(b));
    const larger = largerChanges({ config, suspects });
    for (const { cause, proposals } of inOrder) {
      let hasHelped = false;
      for (const proposal of proposals.slice(0, 2)) {
        trials.foresee([...firstsOf(inOrder), ...(cure ? [] : larger)]);
        if (isCostly(proposal) && (cure || (proposal !== proposals[0] && !hasHelped))) break;
        const trial = await trials.run(proposal);
        if (trial?.attempt.cures) cure = smaller(cure, trial.attempt);
        if (cure && !judgesAll) return cure;
        if (!trial) break;
        hasHelped = hasHalved(trial, lossOverVariance);
        if (!stillShows(cause, trial, hasHelped ? 0 : TELLING)) break;
      }
    }
    return cure;
  };
}

/** Ranks below this are given for what nearly every failed run shows. */
const TELLING = 0.6;

/** Whether the changed run still gives a reason of at least that rank to suspect the cause. */
function stillShows(suspect: CauseName, { findings }: Trial, least: number): boolean {
  return findings.some(({ cause, rank }) => cause === suspect && rank >= least);
}

/** Whether a change has halved the error: then more of it is likelier to cure than all changes of a recipe. */
function hasHalved({ attempt }: Trial, before: number | null): boolean {
  const { lossOverVariance: after } = attempt;
  return before !== null && after !== null && 2 * after <= before;
}

/** Of two cures, the one that changes fewer fields, then the one that trains less; of equal ones the first. */
export function smaller(one: Cure | null, other: Cure): Cure {
  if (!one) return other;
  const fields = Object.keys(one.values).length - Object.keys(other.values).length;
  return fields < 0 || (fields === 0 && workOf(one.config) <= workOf(other.config)) ? one : other;
}

/**
 * Tries all first changes together, and takes back what is not needed. A change that only treats the effects of
 * another cause, such as a lower rate for saturated outputs, would stand in the way of that cause's own change.
 */
async function changeTogether({ config, suspects, trials }: Search): Promise<Cure | null> {
  const all = allTogether({ config, suspects });
  if (!all || trials.knows(all.change.config)) return null;
  trials.foresee(largerChanges({ config, suspects }));
  const trial = await trials.run(all);
  return trial?.attempt.cures ? takeBack(config, trial.attempt, trials) : null;
}

/** Tries the sound recipe whole, and takes back what is not needed: first all at once that no cause is suspected of. */
async function followRecipe({ config, suspects, trials, verdict }: Search): Promise<Cure | null> {
  if (verdict === "learns") return null;
  const suspected = (path: string, value: unknown) =>
    suspects.some(({ cause }) => removes(cause, { [path]: value }, config));
  for (const recipe of asRecipes(await soundRecipes(config), suspects)) {
    trials.foresee(largerChanges({ config, suspects }));
    const trial = await trials.run(recipe);
    if (trial?.attempt.cures)
      return takeBack(config, trial.attempt, trials, { order: placeInRecipe, isNeeded: suspected });
    // Only a run that is under way gains by the longer recipe.
    if (!trial?.findings.some(({ cause }) => cause === "too-few-steps")) break;
  }
  return null;
}

function asRecipes(changes: readonly Change[], [first]: readonly Suspect[]): Proposal[] {
  return changes.map((change) => ({ cause: first?.cause ?? "too-few-steps", change }));
}

/** Tries the other changes of each cause: all second ones before any third. */
async function changeFurther({ suspects, trials }: Search): Promise<Cure | null> {
  const further = furtherOf(suspects);
  trials.foresee(further);
  for (const proposal of further) {
    const trial = await trials.run(proposal);
    if (trial?.attempt.cures) return trial.attempt;
  }
  return null;
}

function firstsOf(suspects: readonly Suspect[]): Proposal[] {
  return suspects.flatMap(({ proposals: [first] }) => first ?? []);
}

function furtherOf(suspects: readonly Suspect[]): Proposal[] {
  const some = suspects.slice(0, MOST_SUSPECTS);
  const most = Math.max(0, largestOf(suspects.map(({ proposals }) => proposals.length)));
  const places = Array.from({ length: Math.max(0, most - 1) }, (_, place) => place + 1);
  return places.flatMap((place) => some.flatMap(({ proposals }) => proposals[place] ?? []));
}

/** All first changes together, but for those that only treat effects. */
function allTogether({ config, suspects }: Pick<Search, "config" | "suspects">): Proposal | null {
  const firsts = firstsOf(suspects.slice(0, MOST_SUSPECTS));
  const own = firsts.filter(({ cause, change }) => takesPart(cause, change, config));
  return own.length > 1 ? unite(config, own) : null;
}

/** What follows where no likely change cures alone, in the order of the search. */
function largerChanges({ config, suspects }: Pick<Search, "config" | "suspects">): (Proposal | null)[] {
  const rest = firstsOf(suspects.slice(LIKELIEST, MOST_SUSPECTS));
  return [allTogether({ config, suspects }), ...rest, ...furtherOf(suspects)];
}

/** The parts of a search, in their order, and whether each gives causes their status. */
export const STAGES: readonly (readonly [stage: Stage, givesStatus: boolean])[] = [
  [changeEach(0, LIKELIEST), true],
  [(search) => followUp(search, search, { onlyUnderWay: true }), false],
  [changeTogether, false],
  [followRecipe, false],
  [changeEach(LIKELIEST, MOST_SUSPECTS), true],
  [changeFurther, false],
  [(search) => followUp(search, search), false],
];
/** Where the first cause is a fact that no field changes, nothing larger is worth its time. */
export const FOR_FACTS = [
  [changeEach(0, MOST_SUSPECTS), true],
  [changeTogether, false],
] as const;
