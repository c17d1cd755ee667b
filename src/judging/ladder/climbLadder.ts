// The ladder trains on one example, then on two, and so on: a network that cannot memorise one example will not
// memorise two. Each rung trains full batch under the config's seed and stops as soon as the examples are known. If a
// rung fails, it is tried once more from another seed.

import { largestOf } from "../../foundation/numbers/extremes.ts";
import type { Config } from "../../learning/config/schema.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import { ladderIndices } from "../../learning/subject/sample.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { Evaluation } from "../../learning/training/evaluation.ts";
import { named, type Watch } from "../../learning/training/progress.ts";
import { type TrainingRun, train } from "../../learning/training/train.ts";
import { diagnose } from "../diagnosis/diagnose.ts";
import type { Finding } from "../diagnosis/finding.ts";
import { fairThresholds } from "../outcome/fairThresholds.ts";
import { failsHeldOut } from "../outcome/heldOutError.ts";
import { judge, type Verdict } from "../outcome/verdict.ts";
import { tryOwnChange } from "../ownChange.ts";
import { type Attempt, climbRung } from "../rung/rung.ts";
import { trainAndDiagnose } from "../trainAndDiagnose.ts";
import { type Growth, grow, growths } from "./grow.ts";
import { isLearntByHeart } from "./learntByHeart.ts";
import { findOddExamples, type OddExample } from "./oddExamples.ts";

const RUNGS = [1, 2, 3, 5, 10, 20, 50, 100] as const;
/** Attempts at a rung for each capacity, each from the next seed. */
const ATTEMPTS = 2;

/** The result of one rung. */
export interface Rung extends Growth {
  readonly examples: number;
  readonly verdict: Verdict;
  /** Updates until the rung was climbed, or all updates if it was not. */
  readonly steps: number;
  /** Mean squared error at the end. */
  readonly loss: number | null;
  /** Var(Ŷ) / Var(Y); null if the targets do not vary, as on the first rung. */
  readonly varianceRatio: number | null;
  /** Unusual examples that this rung adds to the one below. */
  readonly odd: readonly OddExample[];
}

/** How far a network climbed: every rung, and the capacity that it needed. */
export interface Ladder {
  readonly rungs: readonly Rung[];
  /** Verdict of the whole ladder: `learns`, or the verdict of the rung or split that failed. */
  readonly verdict: Verdict;
  /** Whether the split predicts its held-out examples; null if it was not reached or no examples are held out. */
  readonly generalises: boolean | null;
  /** The capacity that the network needed. */
  readonly needed: Growth;
  /** Causes of the failure, the likeliest first; empty if the ladder was climbed. */
  readonly findings: readonly Finding[];
}

/** Climbs the ladder up to the split, and enlarges the network on a rung that fails. */
export async function climbLadder(config: Config, watch: Watch = {}): Promise<Ladder> {
  const rungs: Rung[] = [];
  let place = 0;
  let below = 0;
  const { train, seed } = await createSubject(config);
  const order = ladderIndices(train.count, seed, largestOf(RUNGS));
  for (const examples of RUNGS.filter((rung) => rung <= train.count)) {
    const rows = order.slice(0, examples);
    const climbed = await climbGrowing(config, rows, place, watch);
    rungs.push({ ...climbed.rung, odd: findOddExamples(train, rows, below) });
    if (climbed.place === null) {
      const { subject, run } = climbed;
      return {
        rungs,
        verdict: climbed.rung.verdict,
        generalises: null,
        needed: growths[place] as Growth,
        findings: await diagnose(subject, run, config),
      };
    }
    place = climbed.place;
    below = examples;
  }
  return { rungs, ...(await split(config, growths[place] as Growth, watch)) };
}

async function split(config: Config, needed: Growth, watch: Watch) {
  const { thresholds } = config;
  const subject = await createSubject(grow(config, needed) as Config);
  const told = named("split", watch);
  const { run, verdict, findings } = await trainAndDiagnose(subject, { thresholds, ...told });
  const generalises = run.heldOut === null ? null : verdict === "learns" && !failsHeldOut(subject, run);
  return { verdict, generalises, needed, findings };
}

interface ClimbedRung {
  readonly rung: Omit<Rung, "odd">;
  /** Index of the growth that climbed the rung; null if none did. */
  readonly place: number | null;
  /** Subject of the first attempt, at the capacity reached so far. */
  readonly subject: Subject;
  readonly run: TrainingRun;
}

/** Tries a rung with more and more capacity, and skips a growth that the subject's own code refuses. */
async function climbGrowing(
  config: Config,
  rows: readonly number[],
  from: number,
  watch: Watch,
): Promise<ClimbedRung> {
  let first: ClimbedRung | undefined;
  for (let place = from; place < growths.length; place++) {
    const growth = growths[place] as Growth;
    const grown = grow(config, growth);
    if (!grown) continue;
    const work = () => tryRung(grown, rows, watch);
    const tried = place === from ? await work() : (await tryOwnChange(work)).value;
    if (tried === null) continue;
    const { run, subject, climbed } = tried;
    const verdict = judge(run, fairThresholds(await createSubject(config), config.thresholds));
    const rung = {
      examples: rows.length,
      ...growth,
      verdict: verdict === "learns" && !climbed ? ("stalled" as const) : verdict,
      steps: run.steps,
      loss: Number.isFinite(run.train.meanSquaredError) ? run.train.meanSquaredError : null,
      varianceRatio: run.train.varianceRatio,
    };
    const result = { rung, place: climbed ? place : null, subject, run };
    if (climbed) return result;
    first ??= result;
  }
  return first as ClimbedRung;
}

async function tryRung(config: Config, rows: readonly number[], watch: Watch): Promise<Attempt> {
  const subject = await createSubject(config);
  const thresholds = fairThresholds(subject, config.thresholds);
  const isKnown = (evaluation: Evaluation) => isLearntByHeart(evaluation, thresholds);
  const told = named(`${rows.length} example${rows.length === 1 ? "" : "s"}`, watch);
  const rung = { choices: [rows], isKnown, attempts: ATTEMPTS };
  const tried = await climbRung(subject, rung, (few, until) => train(few, { ...told, until }));
  return tried.at(-1) as Attempt;
}
