import { expect } from "vitest";
import { clopperPearson } from "../foundation/numbers/clopperPearson.ts";
import { printBoth, printNumber } from "../foundation/print/printNumber.ts";
import { laterSeed } from "../foundation/random/seed.ts";
import { unseededRandomness } from "../judging/diagnosis/causes/unseededRandomness.ts";
import type { CauseName } from "../judging/diagnosis/causes.ts";
import { beatsTheMean } from "../judging/law/beatsTheMean.ts";
import { generalises } from "../judging/law/generalises.ts";
import type { Law } from "../judging/law/law.ts";
import { learnsTheSameTwice } from "../judging/law/learnsTheSameTwice.ts";
import { overfits } from "../judging/law/overfits.ts";
import { explainFailure } from "../keeping/assertion/failure.ts";
import { type Capsule, readCapsule } from "../keeping/capsule/capsule.ts";
import { replay } from "../keeping/capsule/replay.ts";
import { type Answer, mustBeAwaited } from "./awaited.ts";
import { isExplaining } from "./explaining.ts";
import { type Learner, type PreparedLearner, prepare, useEngine } from "./learner.ts";
import { keepRecord, type RecordedTask } from "./matcherRecord.ts";

/** How often a learner is trained. */
export interface LearnOptions {
  /** Seeds to train from, the config's own and those after it. @defaultValue 1 */
  readonly seeds?: number;
  /** Share of them that must learn, above 0 and at most 1. @defaultValue 1 */
  readonly rate?: number;
}

/**
 * The matchers that learnproof adds to `expect`. Each can be negated. A test must await each matcher, and fails if it
 * does not.
 */
export interface LearningMatchers<R = unknown> {
  /** It drives the error on its first `examples` training examples to nearly zero. @defaultValue 1 */
  toOverfit(examples?: number): Promise<R>;
  /** Its loss ends far below Var(Y), the lowest that a constant can reach. */
  toBeatTheMean(): Promise<R>;
  /** Var(Ŷ) / Var(Y) is above `least`. */
  toHaveVarianceRatioAbove(least: number): Promise<R>;
  /** Its verdict is `learns`, from every seed that is asked for. */
  toLearn(options?: LearnOptions): Promise<R>;
  /** Its verdict is `collapsed`: it predicts a constant. */
  toCollapse(): Promise<R>;
  /** Every law that applies to it holds, and its verdict is `learns`. */
  toObeyEveryLaw(): Promise<R>;
  /** It predicts its held-out examples. */
  toGeneralise(): Promise<R>;
  /** The run of this capsule (or of the capsule at this path) is the same when it is repeated. */
  toReplay(): Promise<R>;
  /** The likeliest cause of its failure is this one. */
  toHaveCause(cause: CauseName): Promise<R>;
}

declare module "vitest" {
  interface Matchers<T> extends LearningMatchers<T> {}
}

/** The result of a claim. */
interface Claim {
  readonly pass: boolean;
  /** Such as `to learn`. */
  readonly wanted: string;
  /** Such as `collapsed`. */
  readonly got: string;
  /** The learner whose run explains the result, if it is another one. */
  readonly of?: PreparedLearner;
}

type State = Parameters<typeof mustBeAwaited>[1] & RecordedTask;

/** A matcher that asks a claim of a learner; a claim that fails is explained before the matcher answers. */
function asking<Args extends readonly unknown[]>(
  name: keyof LearningMatchers,
  claim: (learner: PreparedLearner, ...args: Args) => Promise<Claim>,
) {
  return function ask(
    this: { isNot: boolean; task?: unknown },
    received: Learner,
    ...args: Args
  ): Promise<Answer> {
    const answer = async (): Promise<Answer> => {
      const learner = prepare(received);
      const { pass, wanted, got, of = learner } = await claim(learner, ...args);
      const holds = this.isNot ? !pass : pass;
      const text = holds || !isExplaining() ? `${wanted}; got ${got}` : await explain(of, wanted, got, pass);
      const asked = this.isNot ? `not ${wanted}` : wanted;
      // A search through many configs keeps the last, which it explains.
      if (isExplaining()) keepRecord(this.task as State, { wanted: asked, got, holds, ...of.known() });
      return { pass, message: () => text };
    };
    return mustBeAwaited(name, this.task as State, answer());
  };
}

/** A claim that holds and should not needs no cure. */
async function explain(learner: PreparedLearner, claim: string, got: string, pass: boolean): Promise<string> {
  const { subject, config } = await learner.resolve();
  const { name, seed } = subject;
  const outcome = await learner.outcome();
  const cures = pass ? null : await learner.cures();
  const wanted = pass ? `not ${claim}` : claim;
  return explainFailure({ name, seed, wanted, got, outcome, cures, config, engine: await useEngine() });
}

async function claimLaw(learner: PreparedLearner, law: Law, wanted: string): Promise<Claim> {
  const result = await learner.law(law);
  if (!result) {
    const { subject } = await learner.resolve();
    throw new RangeError(
      `${law.name}: cannot be asked of ${subject.name}: it has no held-out examples, or its targets do not vary`,
    );
  }
  const { holds, measured, bound, threshold, detail } = result;
  const [value, limit] = printBoth(measured, threshold);
  const got = `${detail} ${value}, which must be ${bound} ${limit}`;
  return { pass: holds, wanted, got };
}

async function claimVerdict(learner: PreparedLearner, wanted: "learns" | "collapsed"): Promise<Claim> {
  const verdict = await learner.verdict();
  return { pass: verdict === wanted, wanted: wanted === "learns" ? "to learn" : "to collapse", got: verdict };
}

async function claimRate(learner: PreparedLearner, seeds: number, rate: number): Promise<Claim> {
  const { subject } = await learner.resolve();
  const learners = Array.from({ length: seeds }, (_, index) =>
    index === 0 ? learner : learner.withSeed(laterSeed(subject.seed, index)),
  );
  const failing: PreparedLearner[] = [];
  for (const one of learners) if ((await one.verdict()) !== "learns") failing.push(one);
  const learnt = seeds - failing.length;
  const [of] = failing;
  return {
    pass: learnt / seeds >= rate,
    wanted: `to learn from ${rate === 1 ? "each" : `${percent(rate)}`} of ${seeds} seeds`,
    got: `${learnt} of ${seeds} learn, ${describeInterval(learnt, seeds)} (95 % confidence)`,
    ...(of && { of }),
  };
}

function describeInterval(held: number, tried: number): string {
  const { low, high } = clopperPearson(held, tried);
  if (held === 0) return `at most ${percent(high)}`;
  return held === tried ? `at least ${percent(low)}` : `${percent(low)} to ${percent(high)}`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function refuse(matcher: string, rule: string, got: unknown): never {
  throw new RangeError(`${matcher}: must be asked of ${rule}, got ${got}; give it another number`);
}

expect.extend({
  toOverfit: asking("toOverfit", async (learner, examples: number = 1) => {
    const { subject } = await learner.resolve();
    const { count } = subject.train;
    if (!Number.isInteger(examples) || examples < 1 || examples > count)
      refuse("toOverfit", `1 to ${count} examples`, examples);
    const wanted = `to overfit ${examples} example${examples === 1 ? "" : "s"}`;
    return claimLaw(learner, overfits(examples), wanted);
  }),

  toBeatTheMean: asking("toBeatTheMean", (learner) => claimLaw(learner, beatsTheMean, "to beat the mean")),

  toGeneralise: asking("toGeneralise", (learner) =>
    claimLaw(learner, generalises, "to predict its held-out examples"),
  ),

  toHaveVarianceRatioAbove: asking("toHaveVarianceRatioAbove", async (learner, least: number) => {
    if (!(least >= 0)) refuse("toHaveVarianceRatioAbove", "a number from 0", least);
    const { varianceRatio } = (await learner.outcome()).run.train;
    return {
      pass: varianceRatio !== null && varianceRatio > least,
      wanted: `to have a variance ratio above ${least}`,
      got: printNumber(varianceRatio),
    };
  }),

  toLearn: asking("toLearn", (learner, { seeds = 1, rate = 1 }: LearnOptions = {}) => {
    if (!Number.isInteger(seeds) || seeds < 1) refuse("toLearn", "1 seed or more", seeds);
    if (!(rate > 0 && rate <= 1)) refuse("toLearn", "a rate above 0 and at most 1", rate);
    return seeds === 1 ? claimVerdict(learner, "learns") : claimRate(learner, seeds, rate);
  }),

  toCollapse: asking("toCollapse", (learner) => claimVerdict(learner, "collapsed")),

  toObeyEveryLaw: asking("toObeyEveryLaw", async (learner) => {
    const verdict = await learner.verdict();
    const broken = (await learner.laws()).filter(({ holds }) => !holds);
    const names = broken.map(({ name, measured, bound, threshold }) => {
      const [value, limit] = printBoth(measured, threshold);
      return `${name} (${value}, must be ${bound} ${limit})`;
    });
    return {
      pass: verdict === "learns" && broken.length === 0,
      wanted: "to obey every law",
      got: `${verdict}${names.length > 0 ? `, and it breaks ${names.join(", ")}` : ", and no law is broken"}`,
    };
  }),

  toHaveCause: asking("toHaveCause", async (learner, cause: CauseName) => {
    const found = await firstCause(learner, cause);
    return { pass: found === cause, wanted: `to have the cause ${cause}`, got: found ?? "none" };
  }),

  toReplay(received: Capsule | string): Promise<Answer> {
    const { task } = this as { task?: unknown };
    return mustBeAwaited("toReplay", task as State, replayed(received));
  },
});

/** Only a second run shows that something draws without a seed, so that it is made where this is asked. */
async function firstCause(learner: PreparedLearner, asked: CauseName): Promise<CauseName | undefined> {
  if (asked === unseededRandomness.name) {
    const repeats = await learner.law(learnsTheSameTwice);
    if (repeats?.holds === false) return asked;
  }
  return (await learner.outcome()).findings[0]?.cause;
}

async function replayed(received: Capsule | string): Promise<Answer> {
  const capsule = typeof received === "string" ? await readCapsule(received) : received;
  const { same, outcome, expected } = await replay(capsule, await useEngine());
  const print = ({ verdict, cause, digest }: typeof outcome) =>
    `${verdict}, ${cause ?? "no cause"}, digest ${digest}`;
  return {
    pass: same,
    message: () =>
      `expected ${same ? "another run than" : "the run"} recorded, ${print(expected)}; got ${print(outcome)}`,
  };
}
