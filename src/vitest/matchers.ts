import { expect } from "vitest";
import { printNumber } from "../foundation/print/printNumber.ts";
import type { CauseName } from "../judging/diagnosis/causes.ts";
import { beatsTheMean } from "../judging/law/beatsTheMean.ts";
import { checkLaws } from "../judging/law/checkLaws.ts";
import type { Law, LawResult } from "../judging/law/law.ts";
import { overfits } from "../judging/law/overfits.ts";
import { type Capsule, readCapsule } from "../keeping/capsule/capsule.ts";
import { replay } from "../keeping/capsule/replay.ts";
import { type Learner, type PreparedLearner, prepare, useEngine } from "./learner.ts";
import { explain } from "./message.ts";

/** What the matchers of learnproof add to `expect`; each has its negation, and each is awaited. */
export interface LearningMatchers<R = unknown> {
  /** It drives the error on its first `examples` training examples to nearly zero. @defaultValue 1 */
  toOverfit(examples?: number): Promise<R>;
  /** Its loss ends far below Var(Y), the lowest that a constant can reach. */
  toBeatTheMean(): Promise<R>;
  /** Var(Ŷ) / Var(Y) is above `least`. */
  toHaveVarianceRatioAbove(least: number): Promise<R>;
  /** Its verdict is `learns`. */
  toLearn(): Promise<R>;
  /** Its verdict is `collapsed`: it predicts a constant. */
  toCollapse(): Promise<R>;
  /** Of a capsule or the path of one: made again, the run is the same. */
  toReplay(): Promise<R>;
  /** The likeliest cause of its failure is this one. */
  toHaveCause(cause: CauseName): Promise<R>;
}

declare module "vitest" {
  interface Matchers<T> extends LearningMatchers<T> {}
}

interface Answer {
  readonly pass: boolean;
  readonly message: () => string;
}

/** The explanation is measured beforehand: a matcher's message cannot wait. */
async function answer(learner: PreparedLearner, pass: boolean, wanted: string, got: string): Promise<Answer> {
  const text = await explain(learner, pass ? `not ${wanted}` : wanted, got);
  return { pass, message: () => text };
}

async function measureLaw(learner: PreparedLearner, law: Law): Promise<LawResult> {
  const { bitExact } = await useEngine();
  const { subject, thresholds } = learner;
  const run = await learner.run();
  const { laws } = await checkLaws(subject, { thresholds, bitExact, laws: [law], run });
  const result = laws[0];
  if (!result)
    throw new RangeError(`${law.name}: cannot be asked of ${subject.name}: its targets do not vary`);
  return result;
}

async function judgeLaw(learner: PreparedLearner, law: Law, wanted: string): Promise<Answer> {
  const { holds, measured, bound, threshold, detail } = await measureLaw(learner, law);
  const got = `${detail} ${printNumber(measured)}, which must be ${bound} ${printNumber(threshold)}`;
  return answer(learner, holds, wanted, got);
}

expect.extend({
  async toOverfit(received: Learner, examples = 1) {
    const learner = prepare(received);
    const { count } = learner.subject.train;
    if (!Number.isInteger(examples) || examples < 1 || examples > count) {
      throw new RangeError(
        `toOverfit: must be asked of 1 to ${count} examples, got ${examples}; give it a whole number`,
      );
    }
    return judgeLaw(
      learner,
      overfits(examples),
      `to overfit ${examples} example${examples === 1 ? "" : "s"}`,
    );
  },

  async toBeatTheMean(received: Learner) {
    return judgeLaw(prepare(received), beatsTheMean, "to beat the mean");
  },

  async toHaveVarianceRatioAbove(received: Learner, least: number) {
    if (!(least >= 0))
      throw new RangeError(`toHaveVarianceRatioAbove: must be asked of a number from 0, got ${least}`);
    const learner = prepare(received);
    const { varianceRatio } = (await learner.run()).train;
    const pass = varianceRatio !== null && varianceRatio > least;
    return answer(learner, pass, `to have a variance ratio above ${least}`, printNumber(varianceRatio));
  },

  async toLearn(received: Learner) {
    const learner = prepare(received);
    const verdict = await learner.verdict();
    return answer(learner, verdict === "learns", "to learn", verdict);
  },

  async toCollapse(received: Learner) {
    const learner = prepare(received);
    const verdict = await learner.verdict();
    return answer(learner, verdict === "collapsed", "to collapse", verdict);
  },

  async toReplay(received: Capsule | string) {
    const capsule = typeof received === "string" ? await readCapsule(received) : received;
    const { same, outcome, expected } = await replay(capsule, await useEngine());
    const print = ({ verdict, cause, digest }: typeof outcome) =>
      `${verdict}, ${cause ?? "no cause"}, digest ${digest}`;
    return {
      pass: same,
      message: () =>
        `expected ${same ? "another run than" : "the run"} recorded, ${print(expected)}; got ${print(outcome)}`,
    };
  },

  async toHaveCause(received: Learner, cause: CauseName) {
    const learner = prepare(received);
    const found = (await learner.findings())[0]?.cause;
    return answer(learner, found === cause, `to have the cause ${cause}`, found ?? "none");
  },
});
