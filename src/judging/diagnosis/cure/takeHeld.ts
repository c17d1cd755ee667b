// Changes that take what the script of a captured program holds in the place of what it gives to fit.

import { type Change, changeConfig } from "../../../learning/config/changeConfig.ts";
import { definitionOf } from "../../../learning/config/ownDefaults.ts";
import type { Config, OwnConfig } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { Examples } from "../../../learning/subject/examples.ts";
import type { HeldOf } from "../../../learning/subject/held.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import { measureAssociation } from "../../evidence/association.ts";

/** Association score, in standard deviations, from which on targets surely belong to their inputs. */
const SURELY_RELATED = 5;
/** So many versions of the inputs are tried. */
const MOST_TRIED = 2;

/** From so many times the rows on, the steps that fit them make too few rounds. */
const MANY_MORE = 1.5;
/** More steps than these are not made for the sake of as many rounds. */
const MOST_STEPS = 5_000;

/**
 * Proposes to train on all rows of the table that those of training were taken from: as many times each as before, as the
 * same epochs of a script do, and then in as many steps.
 */
export async function takeMoreRows(config: Config): Promise<readonly (Change | null)[]> {
  const changes: (Change | null)[] = [];
  for (const version of versionsOf(config, "rows")) {
    const change = takeVersions(config, [version]);
    const times = change ? (await countRows(change.config)) / (await countRows(config)) : 1;
    const own = config.training.steps;
    const steps = Math.max(own, Math.min(MOST_STEPS, Math.ceil(times * own)));
    if (change && times >= MANY_MORE)
      changes.push(changeConfig(config, { ...change.values, "training.steps": steps }));
    changes.push(change);
  }
  return changes;
}

async function countRows(config: Config): Promise<number> {
  return (await createSubject(config)).train.count;
}

/** Proposes other ways to prepare the inputs from a table that the script holds. */
export function takeOtherInputs(config: Config): readonly (Change | null)[] {
  return [...takeAxes(config), ...othersOf(config, "inputs")].slice(0, MOST_TRIED);
}

/** Proposes the pictures as they are before a loader turns, mirrors, moves or dims them at random. */
export function takeUnchanged(config: Config): readonly (Change | null)[] {
  return othersOf(config, "unchanged");
}

/** Proposes the targets with a class at every place that has none. */
export function takeClasses(config: Config): readonly (Change | null)[] {
  return othersOf(config, "classes");
}

/** Proposes the inputs with the axes in place that a reshape has torn. */
export function takeAxes(config: Config): readonly (Change | null)[] {
  return othersOf(config, "axes");
}

function othersOf(config: Config, of: HeldOf): readonly (Change | null)[] {
  return versionsOf(config, of)
    .slice(0, MOST_TRIED)
    .map((version) => takeVersions(config, [version]));
}

/** Proposes the targets that the script holds beside the inputs: those by which examples that look alike are the most alike. */
export async function pairAgain(config: Config): Promise<readonly (Change | null)[]> {
  if (config.subject !== "own") return [];
  const { heldOut, asked = [] } = await createSubject(config);
  // Without rows to judge by, any pairing can be learnt by heart.
  const isJudged = heldOut !== null || asked.some(({ targets }) => targets === "given");
  const least = isJudged ? Number.NEGATIVE_INFINITY : SURELY_RELATED;
  const versions = [
    await likeliest(config, { of: "targets" }, { side: ({ train }) => train, least }),
    await likeliest(
      config,
      { of: "heldOutTargets" },
      {
        side: ({ heldOut }) => heldOut,
        least: Number.NEGATIVE_INFINITY,
      },
    ),
  ];
  for (const { number } of asked)
    versions.push(
      await likeliest(
        config,
        { of: "askedTargets", question: number },
        {
          side: (sets) => sets.asked?.find((one) => one.number === number)?.examples ?? null,
          least: Number.NEGATIVE_INFINITY,
        },
      ),
    );
  const found = versions.filter((version) => version !== null);
  return found.length === 0 ? [] : [takeVersions(config, found)];
}

/** Finds the version by which neighbours have the likest targets; null where none is better than the given one. */
async function likeliest(
  config: OwnConfig,
  { of, question = null }: { readonly of: HeldOf; readonly question?: number | null },
  { side, least }: { readonly side: (subject: Subject) => Examples | null; readonly least: number },
): Promise<number | null> {
  const scoreOf = async (changed: OwnConfig) => {
    const examples = side(await createSubject(changed));
    return (examples && measureAssociation(examples)?.score) ?? 0;
  };
  let best: number | null = null;
  let most = Math.max(await scoreOf(config), least);
  for (const version of versionsOf(config, of, question)) {
    const change = takeVersions(config, [version]);
    const score = change ? await scoreOf(change.config as OwnConfig) : 0;
    if (score > most) [best, most] = [version, score];
  }
  return best;
}

function takeVersions(config: Config, versions: readonly number[]): Change | null {
  return changeConfig(config, { "data.asHeld": versions });
}

function versionsOf(config: Config, of: HeldOf, question: number | null = null): readonly number[] {
  if (config.subject !== "own" || config.data.asHeld) return [];
  const { held } = definitionOf(config);
  return (held?.facts ?? []).flatMap((facts, version) =>
    facts.of === of && facts.question === question ? [version] : [],
  );
}
