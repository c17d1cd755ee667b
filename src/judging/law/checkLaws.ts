import { printBoth } from "../../foundation/print/printNumber.ts";
import type { Thresholds } from "../../learning/config/schema.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { named, type Watch } from "../../learning/training/progress.ts";
import {
  type StoppingRule,
  type TrainingRun,
  type TrainOptions,
  train,
} from "../../learning/training/train.ts";
import { type IsLate, limitEvidence } from "../evidence/timeLeft.ts";
import { lawsNotAsked } from "../meant.ts";
import { fairThresholds } from "../outcome/fairThresholds.ts";
import { type CheckVerdict, hasOpenEnd } from "../outcome/openEnd.ts";
import { stepsAsked } from "../outcome/stepsMade.ts";
import { judge, type Verdict } from "../outcome/verdict.ts";
import type { Law, LawContext, LawResult } from "./law.ts";
import { laws } from "./laws.ts";

/** A subject judged by every law that applies to it. */
export interface LawCheck {
  readonly verdict: CheckVerdict;
  readonly laws: readonly LawResult[];
  /** Whether every law that was measured holds. */
  readonly holds: boolean;
  /** Laws that were not measured, or say nothing yet, because the caller's time was spent, and why. */
  readonly notMeasured: readonly NotMeasured[];
  /** Laws that do not apply to the subject, and why. */
  readonly notAsked: readonly NotMeasured[];
  /** The subject's own run. */
  readonly run: TrainingRun;
}

/** A law that was not measured. */
export interface NotMeasured {
  readonly name: string;
  readonly reason: string;
}

/** Whether a law is broken or the verdict is not `learns`, so that a diagnosis should explain it. */
export function needsDiagnosis({ holds, verdict }: Pick<LawCheck, "holds" | "verdict">): boolean {
  return !holds || verdict !== "learns";
}

/** Progress is reported with the name of the law as its task. */
export interface LawCheckOptions extends Watch {
  readonly thresholds: Thresholds;
  /** Whether the engine promises the same bits for the same run. */
  readonly bitExact: boolean;
  /** @defaultValue every law */
  readonly laws?: readonly Law[];
  /** The subject's own run, if the caller has made it already. */
  readonly run?: TrainingRun | undefined;
  /** Whether the subject's own run has to end before its next step. @defaultValue it makes all its steps */
  readonly isOver?: TrainOptions["isOver"];
  /**
   * Returns why a law that throws this error counts as not measured; null where the error is to be thrown on.
   * @defaultValue every error is thrown on
   */
  readonly leavesOut?: ((error: unknown) => string | null) | undefined;
  /** Whether there is no time left for so many steps: what would take as long is not measured. @defaultValue there always is */
  readonly isLate?: IsLate | undefined;
  /**
   * Whether a law that trains on few examples first asks whether the subject's own run knows them. The same laws hold then, in
   * less time, and without the number of their own that a report shows. @defaultValue false
   */
  readonly asksOwnRunFirst?: boolean;
  /** How the laws that train are watched. @defaultValue as the subject's own run */
  readonly watchLaws?: Watch | undefined;
  /** Threads that make attempts at rungs. @defaultValue every attempt is made here */
  readonly rungs?: RungThreads | null | undefined;
}

/** Threads that make attempts at the rungs of laws. */
export interface RungThreads {
  /** Tells which laws are going to be measured, in order: their attempts may begin. */
  foresee(laws: readonly Law[], run: TrainingRun, verdict: Verdict): void;
  /** Makes an attempt on a thread; null where it is to be made here. */
  attempt(law: string, number: number, watch: Watch): Promise<TrainingRun | null>;
  /** Ends what was begun for a law that is measured. */
  measured(law: string): void;
}

/**
 * Measures every law on a subject, which {@link createSubject} may still be creating. Laws that need no training beyond
 * the subject's own run are measured first; the results stand in the order of {@link laws}.
 */
export async function checkLaws(
  created: Subject | Promise<Subject>,
  options: LawCheckOptions,
): Promise<LawCheck> {
  const subject = await created;
  const meant = lawsNotAsked(subject);
  const wanted = options.laws ?? laws;
  const asked = wanted.filter(({ name }) => !meant.has(name));
  const results = new Map<Law, LawResult>();
  const notMeasured: NotMeasured[] = [];
  const reasons = new Map(
    wanted.map(({ name }) => [name, meant.has(name) ? "the subject means what would break it" : null]),
  );
  const own = shareRun(subject, options);
  limitEvidence(subject, options.isLate);
  const training = asked.filter(({ trains }) => trains);
  for (const law of [...asked.filter(({ trains }) => !trains), ...training]) {
    options.signal?.throwIfAborted();
    if (options.rungs && law === training[0]) {
      const run = await own("training");
      options.rungs.foresee(training, run, judge(run, options.thresholds));
    }
    try {
      const measurement = await law.measure(contextOf(law, subject, own, options));
      if ("notAsked" in measurement) reasons.set(law.name, measurement.notAsked);
      else results.set(law, { name: law.name, claim: law.claim, ...measurement });
    } catch (error) {
      const reason = options.leavesOut?.(error) ?? null;
      if (reason === null) throw error;
      notMeasured.push({ name: law.name, reason });
    } finally {
      options.rungs?.measured(law.name);
    }
  }
  const run = await own("training");
  const verdict = judge(run, fairThresholds(subject, options.thresholds));
  const hasMore = hasOpenEnd(run, subject, verdict);
  const open = leaveOpen(results, run, subject, hasMore);
  notMeasured.push(...open);
  const measured = asked.flatMap((law) => results.get(law) ?? []);
  return {
    verdict: hasMore && (verdict !== "learns" || open.length > 0) ? "unfinished" : verdict,
    laws: measured,
    holds: measured.every(({ holds }) => holds),
    notMeasured,
    notAsked: [...reasons].flatMap(([name, reason]) => (reason === null ? [] : [{ name, reason }])),
    run,
  };
}

/**
 * Takes out of the results of a run that was ended early what the steps that it did not make may still change.
 *
 * @param hasMore whether they may still change how well it predicts.
 */
function leaveOpen(
  results: Map<Law, LawResult>,
  { steps }: TrainingRun,
  subject: Subject,
  hasMore: boolean,
): NotMeasured[] {
  const open = [...results].filter(
    ([law, { holds, isOpen }]) => law.needsTheEnd === true && !holds && (hasMore || isOpen === true),
  );
  return open.map(([law, { measured, bound, threshold }]) => {
    results.delete(law);
    const [value, limit] = printBoth(measured, threshold);
    const ends = `${value}, must be ${bound} ${limit}`;
    const made = `${steps} of ${stepsAsked(subject)} steps`;
    const reason = law.trains
      ? `${ends} on few examples alone; the subject's own run, ended after ${made}, may still learn them`
      : `${ends} after ${made}, which more of them may still change`;
    return { name: law.name, reason };
  });
}

/** Makes the subject's own run on first use, reported under the name of the law that needs it. */
function shareRun(subject: Subject, options: LawCheckOptions): (task: string) => Promise<TrainingRun> {
  let run = options.run && Promise.resolve(options.run);
  return (task) =>
    (run ??= train(subject, { probes: true, isOver: options.isOver, ...named(task, options) }));
}

function contextOf(
  law: Law,
  subject: Subject,
  own: (task: string) => Promise<TrainingRun>,
  options: LawCheckOptions,
): LawContext {
  const { thresholds, bitExact, watchLaws = options, rungs } = options;
  const how = (until: StoppingRule | undefined): TrainOptions => ({
    probes: false,
    until,
    ...named(law.name, watchLaws),
  });
  return {
    subject,
    thresholds: fairThresholds(subject, thresholds),
    bitExact,
    asksOwnRunFirst: options.asksOwnRunFirst ?? false,
    run: () => own(law.name),
    train: (variant, until) => train(variant, how(until)),
    attempt: async (variant, until, number) =>
      (await rungs?.attempt(law.name, number, watchLaws)) ?? train(variant, how(until)),
  };
}
