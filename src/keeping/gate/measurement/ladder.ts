// The gate's ladder measures how many examples a network memorises, and how narrow it can be made and still memorise
// them. Each rung gets one attempt: a healthy network may fail one, and that is part of the variation between seeds
// that the comparison allows for.

import { largestOf } from "../../../foundation/numbers/extremes.ts";
import { columnMeans } from "../../../foundation/numbers/statistics.ts";
import { outputVariances, relativeError } from "../../../judging/outcome/relativeError.ts";
import { tryOwnChange } from "../../../judging/ownChange.ts";
import { farthestExample } from "../../../judging/rung/farthestExample.ts";
import { climbRung, NEAR_ZERO } from "../../../judging/rung/rung.ts";
import { changeConfig } from "../../../learning/config/changeConfig.ts";
import { resize } from "../../../learning/config/resize.ts";
import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { ladderIndices } from "../../../learning/subject/sample.ts";
import type { Subject } from "../../../learning/subject/subject.ts";
import type { Evaluation } from "../../../learning/training/evaluation.ts";
import type { Watch } from "../../../learning/training/progress.ts";
import { train } from "../../../learning/training/train.ts";

/** Number of examples of each rung; higher rungs would add nothing to the subject's own run. */
const RUNGS = [1, 2, 5, 10, 20] as const;

/** Shares of the width, narrowest first. */
const WIDTHS = [1 / 16, 1 / 8, 1 / 4, 1 / 2] as const;

/** Steps between two evaluations of whether a rung is climbed. */
const ASK_EVERY = 2;

/** The result of a climb. */
export interface Climb {
  /** Updates until the first rung's single example was known; null if it never was. */
  readonly stepsToOverfitOne: number | null;
  /** Number of examples of the highest rung up to which every rung was climbed; 0 for none. */
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
 * Finds the smallest share of its width with which a network memorises the top rung. Returns 1 if it needs all of its
 * width, and null if its whole width is too narrow or if its own code refuses another width.
 */
export async function widthNeeded(
  config: Config,
  { memorises }: Climb,
  watch: Watch = {},
): Promise<number | null> {
  const examples = largestOf(RUNGS.filter((rung) => rung <= config.data.examples));
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
  const variances = outputVariances(subject.train);
  // An untrained network predicts about the mean, so the single example is the one farthest from it.
  const indices =
    examples === 1
      ? [farthestExample(subject.train, columnMeans(targets, outputs)) ?? 0]
      : ladderIndices(subject.train.count, subject.seed, examples);
  const isKnown = (evaluation: Evaluation) =>
    relativeError(evaluation, (_output, index) => variances[index] as number) <= NEAR_ZERO;
  const rung = { choices: [indices], isKnown, attempts: 1, every: ASK_EVERY };
  const [{ climbed, run }] = await climbRung(subject, rung, (few, until) =>
    train(few, { ...watch, probes: false, until }),
  );
  return climbed ? run.steps : null;
}
