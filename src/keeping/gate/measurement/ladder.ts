// The ladder as the gate climbs it: how many examples a network memorises on the way up, and how narrow it may
// become and still memorise them. One attempt a rung: a healthy network may stick on one, which is part of the
// spread between seeds that the comparison knows.

import { average, columnMeans, columnVariances } from "../../../foundation/numbers/statistics.ts";
import { tryOwnChange } from "../../../judging/ownChange.ts";
import { farthestExample } from "../../../judging/rung/farthestExample.ts";
import { climbRung, firstIndices, NEAR_ZERO } from "../../../judging/rung/rung.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { resize } from "../../../learning/config/resize.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { Evaluation } from "../../../learning/training/evaluation.ts";
import type { Watch } from "../../../learning/training/progress.ts";
import { train } from "../../../learning/training/train.ts";

/** Examples of each rung; higher ones say nothing that the run itself does not. */
const RUNGS = [1, 2, 5, 10, 20] as const;

/** Shares of the width, narrowest first. */
const WIDTHS = [1 / 16, 1 / 8, 1 / 4, 1 / 2] as const;

/** Steps between two looks at whether a rung is climbed. */
const ASK_EVERY = 2;

/** What a climb found. */
export interface Climb {
  /** Updates until one example was known; null where it never was. */
  readonly stepsToOverfitOne: number | null;
  /** Examples of the highest rung reached with none missed below it; 0 where not even the first was. */
  readonly memorises: number;
}

/** Climbs until the first rung that fails. */
export async function climbLadder(subject: Subject, watch: Watch = {}): Promise<Climb> {
  const rungs = RUNGS.filter((examples) => examples <= subject.train.count);
  let stepsToOverfitOne: number | null = null;
  let memorises = 0;
  for (const examples of rungs) {
    const taken = await stepsToMemorise(subject, examples, watch);
    if (examples === 1) stepsToOverfitOne = taken;
    if (taken === null) break;
    memorises = examples;
  }
  return { stepsToOverfitOne, memorises };
}

/**
 * The least share of its width with which a network memorises the top rung; 1 where it needs all of it, null
 * where it does not do so itself, or where its own code refuses another width.
 */
export async function widthNeeded(
  config: Config,
  { memorises }: Climb,
  watch: Watch = {},
): Promise<number | null> {
  const examples = Math.max(...RUNGS.filter((rung) => rung <= config.data.examples));
  if (memorises < examples) return null;
  for (const share of WIDTHS) {
    const narrower = changeConfig(config, resize(config, share))?.config ?? config;
    const tried = await tryOwnChange(async () =>
      stepsToMemorise(await createSubject(narrower), examples, watch),
    );
    if (tried.refused !== null) return null;
    if (tried.value !== null) return share;
  }
  return 1;
}

async function stepsToMemorise(subject: Subject, examples: number, watch: Watch): Promise<number | null> {
  const { targets, outputs } = subject.train;
  const variance = average(columnVariances(targets, outputs)) || 1;
  // An untrained network predicts about the mean, so one example is the farthest from there.
  const indices =
    examples === 1
      ? [farthestExample(subject.train, columnMeans(targets, outputs)) ?? 0]
      : firstIndices(examples);
  const isKnown = ({ errorOverPrior, meanSquaredError }: Evaluation) =>
    errorOverPrior === 0 || meanSquaredError / variance <= NEAR_ZERO;
  const rung = { choices: [indices], isKnown, attempts: 1, every: ASK_EVERY };
  const [{ climbed, run }] = await climbRung(subject, rung, (few, until) =>
    train(few, { ...watch, probes: false, until }),
  );
  return climbed ? run.steps : null;
}
