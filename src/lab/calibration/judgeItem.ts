import { diagnose } from "../../judging/diagnosis/diagnose.ts";
import { checkLaws, type LawCheck, needsDiagnosis } from "../../judging/law/checkLaws.ts";
import { laws } from "../../judging/law/laws.ts";
import { fairThresholds } from "../../judging/outcome/fairThresholds.ts";
import { heldOutError } from "../../judging/outcome/heldOutError.ts";
import { judge, type Verdict } from "../../judging/outcome/verdict.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { named, type Watch } from "../../learning/training/progress.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import type { CalibrationConfig } from "./mutation.ts";
import { mutations } from "./mutations.ts";

/** The harness's judgement of one subject. */
export interface Judgement {
  /** Whether a law is broken, or the verdict is not `learns`. */
  readonly caught: boolean;
  readonly verdict: Verdict;
  readonly brokenLaws: readonly string[];
  /** The likeliest cause; null if none is named. */
  readonly cause: string | null;
}

/** A healthy config, or a mutation of it, as plain data. */
export interface CalibrationItem {
  readonly config: CalibrationConfig;
  /** The name of a mutation; null for the healthy config itself. */
  readonly mutation: string | null;
}

/** What is found of an item. */
export interface JudgedItem {
  readonly judgement: Judgement;
  /** Held-out error over that of a constant. */
  readonly error: number;
}

/** Judges a config or its mutant; null where the mutation does not apply to the config. */
export async function judgeItem(
  { config, mutation }: CalibrationItem,
  { bitExact, ...watch }: { readonly bitExact: boolean } & Watch,
): Promise<JudgedItem | null> {
  const subject =
    mutation === null
      ? await createSubject(config)
      : await mutations.find(({ name }) => name === mutation)?.mutate(config);
  if (!subject) return null;
  return judgeSubject(subject, config, { bitExact, ...named(mutation ?? "healthy", watch) });
}

/** Judges the subject's own run first, and trains variants of the subject only if that run shows no fault. */
async function judgeSubject(
  subject: Subject,
  { thresholds }: CalibrationConfig,
  how: { readonly bitExact: boolean } & Watch,
): Promise<JudgedItem> {
  const options = { thresholds, ...how };
  let check: LawCheck = await checkLaws(subject, { ...options, laws: laws.filter(({ trains }) => !trains) });
  if (!needsDiagnosis(check))
    check = await checkLaws(subject, {
      ...options,
      run: check.run,
      laws: laws.filter(({ trains }) => trains),
    });
  const caught = needsDiagnosis(check);
  const findings = caught ? await diagnose(subject, check.run, { thresholds }) : [];
  const judgement: Judgement = {
    caught,
    verdict: judge(check.run, fairThresholds(subject, thresholds)),
    brokenLaws: check.laws.filter(({ holds }) => !holds).map(({ name }) => name),
    cause: findings[0]?.cause ?? null,
  };
  return { judgement, error: errorOf(subject, check.run) };
}

/** Returns the error relative to a constant's: the majority class for classes, the training mean for numbers. */
function errorOf(subject: Subject, run: TrainingRun): number {
  return run.heldOut?.errorOverPrior ?? heldOutError(subject, run) ?? Number.NaN;
}
