// The mission's protocol: a network that cannot learn one example by heart will not learn two, and so on. Each rung is
// trained full batch under the config's seed and stops at the first hit; one that sticks is tried once from another seed.

import type { Config, Thresholds } from "../../learning/config/schema.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import { onExamples, type Subject } from "../../learning/subject/subject.ts";
import type { Evaluation } from "../../learning/training/evaluation.ts";
import { type TrainingRun, train } from "../../learning/training/train.ts";
import { diagnose } from "../diagnosis/diagnose.ts";
import type { Finding } from "../diagnosis/finding.ts";
import { failsHeldOut } from "../law/generalises.ts";
import { judge, type Verdict } from "../law/verdict.ts";
import { NEAR_ZERO, rungSteps } from "../rung/rung.ts";
import { type Growth, grow, growths } from "./grow.ts";
import { findOddExamples, type OddExample } from "./oddExamples.ts";

const RUNGS = [1, 2, 3, 5, 10, 20, 50, 100] as const;
const ASK_EVERY = 5;
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

export interface LadderOptions {
  /** Called when a rung begins, with the steps it may take, and after each of them. */
  readonly onRung?: (title: string, steps: number) => void;
  readonly onStep?: () => void;
}

/** Climbs the ladder up to the split, growing the network on a rung that falls to the mean. */
export async function climbLadder(config: Config, options: LadderOptions = {}): Promise<Ladder> {
  const rungs: Rung[] = [];
  let place = 0;
  let below = 0;
  for (const examples of RUNGS.filter((rung) => rung <= config.data.examples)) {
    const climbed = await climbRung(config, examples, place, options);
    const odd = findOddExamples(createSubject(config).train, examples).filter(
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
  return { rungs, ...(await split(config, growths[place] as Growth, options)) };
}

async function split(config: Config, needed: Growth, { onRung, onStep }: LadderOptions) {
  const subject = createSubject(grow(config, needed) as Config);
  onRung?.("split", subject.steps);
  const run = await train(subject, { onStep: () => onStep?.() });
  const verdict = judge(run, config.thresholds);
  return {
    verdict,
    generalises: run.heldOut && verdict === "learns" ? !failsHeldOut(subject, run) : run.heldOut && false,
    needed,
    findings: await diagnose(subject, run, config),
  };
}

interface ClimbedRung {
  readonly rung: Omit<Rung, "odd">;
  /** Of the growth that climbed it; null where none did. */
  readonly place: number | null;
  /** The first try, as the config is written so far. */
  readonly subject: Subject;
  readonly run: TrainingRun;
}

async function climbRung(
  config: Config,
  examples: number,
  from: number,
  options: LadderOptions,
): Promise<ClimbedRung> {
  let first: ClimbedRung | undefined;
  for (let place = from; place < growths.length; place++) {
    const growth = growths[place] as Growth;
    const grown = grow(config, growth);
    if (!grown) continue;
    const tried = await tryRung(grown, examples, options);
    const { run, subject, steps } = tried;
    const verdict = judge(run, config.thresholds);
    const rung = {
      examples,
      ...growth,
      verdict: verdict === "learns" && !tried.reached ? ("stalled" as const) : verdict,
      steps,
      loss: Number.isFinite(run.train.meanSquaredError) ? run.train.meanSquaredError : null,
      varianceRatio: run.train.varianceRatio,
    };
    const climbed = { rung, place: tried.reached ? place : null, subject, run };
    if (tried.reached) return climbed;
    first ??= climbed;
  }
  return first as ClimbedRung;
}

async function tryRung(config: Config, examples: number, { onRung, onStep }: LadderOptions) {
  const { thresholds } = config;
  const reached = (evaluation: Evaluation) => isClimbed(evaluation, thresholds);
  let last: { subject: Subject; run: TrainingRun; reached: boolean; steps: number } | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const whole = createSubject(config);
    const steps = rungSteps(whole);
    const indices = Array.from({ length: examples }, (_, index) => index);
    const subject = { ...onExamples(whole, indices, steps), seed: whole.seed + attempt };
    onRung?.(`${examples} example${examples === 1 ? "" : "s"}`, steps);
    const run = await train(subject, { until: { every: ASK_EVERY, reached }, onStep: () => onStep?.() });
    last = { subject, run, reached: run.finite && reached(run.train), steps: run.steps };
    if (last.reached) break;
  }
  return last as NonNullable<typeof last>;
}

/** By heart: an error near zero, and of classes each named rightly. */
function isClimbed(evaluation: Evaluation, thresholds: Thresholds): boolean {
  if (evaluation.errorOverPrior === 0) return true;
  if (judge({ finite: true, train: evaluation }, thresholds) !== "learns") return false;
  return evaluation.lossOverVariance === null || evaluation.lossOverVariance <= NEAR_ZERO;
}
