// The mission's protocol: a network that cannot learn one example by heart will not learn two, and so on. Each rung is
// trained full batch under the config's seed and stops at the first hit; one that sticks is tried once from another seed.

import type { Config, Thresholds } from "../../learning/config/schema.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { Evaluation } from "../../learning/training/evaluation.ts";
import { named, type Watch } from "../../learning/training/progress.ts";
import { type TrainingRun, train } from "../../learning/training/train.ts";
import { diagnose } from "../diagnosis/diagnose.ts";
import type { Finding } from "../diagnosis/finding.ts";
import { failsHeldOut } from "../outcome/heldOutError.ts";
import { judge, type Verdict } from "../outcome/verdict.ts";
import { tryOwnChange } from "../ownChange.ts";
import { type Attempt, climbRung, firstIndices, NEAR_ZERO } from "../rung/rung.ts";
import { trainAndDiagnose } from "../trainAndDiagnose.ts";
import { type Growth, grow, growths } from "./grow.ts";
import { findOddExamples, type OddExample } from "./oddExamples.ts";

const RUNGS = [1, 2, 3, 5, 10, 20, 50, 100] as const;
/** How often a rung is tried at each capacity, from one seed after another. */
const ATTEMPTS = 2;

/** What became of one rung. */
export interface Rung extends Growth {
  readonly examples: number;
  readonly verdict: Verdict;
  /** Updates until it was climbed, or all of them. */
  readonly steps: number;
  /** Mean squared error at the end. */
  readonly loss: number | null;
  /** Var(Ŷ) / Var(Y); null where the targets do not vary, as on the first rung. */
  readonly varianceRatio: number | null;
  /** Examples of this rung that were not on the one below and do not look like the others. */
  readonly odd: readonly OddExample[];
}

export interface Ladder {
  readonly rungs: readonly Rung[];
  /** Of the whole: `learns`, or that of the rung or the split that failed. */
  readonly verdict: Verdict;
  /** Whether held-out examples are predicted after the split; null where it was not reached or none are held out. */
  readonly generalises: boolean | null;
  /** The capacity that it took. */
  readonly needed: Growth;
  /** Why it failed, the likeliest cause first; empty where it did not. */
  readonly findings: readonly Finding[];
}

/** Climbs the ladder up to the split, growing the network on a rung that falls to the mean. */
export async function climbLadder(config: Config, watch: Watch = {}): Promise<Ladder> {
  const rungs: Rung[] = [];
  let place = 0;
  let below = 0;
  for (const examples of RUNGS.filter((rung) => rung <= config.data.examples)) {
    const climbed = await climbGrowing(config, examples, place, watch);
    const odd = findOddExamples((await createSubject(config)).train, examples).filter(
      ({ example }) => example >= below,
    );
    rungs.push({ ...climbed.rung, odd });
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
  /** Of the growth that climbed it; null where none did. */
  readonly place: number | null;
  /** The first try, as the config is written so far. */
  readonly subject: Subject;
  readonly run: TrainingRun;
}

/** Tries a rung with more and more capacity; a growth that the subject's own code refuses is passed over. */
async function climbGrowing(
  config: Config,
  examples: number,
  from: number,
  watch: Watch,
): Promise<ClimbedRung> {
  let first: ClimbedRung | undefined;
  for (let place = from; place < growths.length; place++) {
    const growth = growths[place] as Growth;
    const grown = grow(config, growth);
    if (!grown) continue;
    const work = () => tryRung(grown, examples, watch);
    const tried = place === from ? await work() : (await tryOwnChange(work)).value;
    if (tried === null) continue;
    const { run, subject, climbed } = tried;
    const verdict = judge(run, config.thresholds);
    const rung = {
      examples,
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

async function tryRung(config: Config, examples: number, watch: Watch): Promise<Attempt> {
  const isKnown = (evaluation: Evaluation) => isLearntByHeart(evaluation, config.thresholds);
  const told = named(`${examples} example${examples === 1 ? "" : "s"}`, watch);
  const rung = { choices: [firstIndices(examples)], isKnown, attempts: ATTEMPTS };
  const tried = await climbRung(await createSubject(config), rung, (few, until) =>
    train(few, { ...told, until }),
  );
  return tried.at(-1) as Attempt;
}

/** By heart: an error near zero, and of classes each named rightly. */
function isLearntByHeart(evaluation: Evaluation, thresholds: Thresholds): boolean {
  if (evaluation.errorOverPrior === 0) return true;
  if (judge({ finite: true, train: evaluation }, thresholds) !== "learns") return false;
  return evaluation.lossOverVariance === null || evaluation.lossOverVariance <= NEAR_ZERO;
}
