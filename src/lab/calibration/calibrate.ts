import { diagnose } from "../../judging/diagnosis/diagnose.ts";
import { checkLaws, type LawCheck, needsDiagnosis } from "../../judging/law/checkLaws.ts";
import { laws } from "../../judging/law/laws.ts";
import { heldOutError } from "../../judging/outcome/heldOutError.ts";
import type { Verdict } from "../../judging/outcome/verdict.ts";
import type { BuiltInConfig } from "../../learning/config/schema.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import { named, type Watch } from "../../learning/training/progress.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
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

/** One mutation on one healthy config. */
export interface MutantResult extends Judgement {
  readonly mutation: string;
  /** Index of its original among the healthy configs. */
  readonly of: number;
  /** Held-out error of the healthy run over that of a constant; the mutant's is measured on the same examples. */
  readonly healthyError: number;
  readonly mutantError: number;
  /** Whether the mutation harms learning, or is a fault that must be caught although it does not. */
  readonly isHarmful: boolean;
  /** Whether the named cause is correct for the mutation. */
  readonly isNamed: boolean;
}

export interface Calibration {
  readonly healthy: readonly (Judgement & { readonly config: BuiltInConfig })[];
  readonly mutants: readonly MutantResult[];
}

/**
 * Options of a calibration. Progress names the mutation as its task and counts the current subject's training steps.
 */
export interface CalibrationOptions extends Watch {
  readonly bitExact: boolean;
  /** Number of configs that are mutated, counted from the first. */
  readonly mutated: number;
}

/**
 * Judges healthy configs, then their mutants, by every law and by the diagnosis.
 *
 * @param configs configs that learn; each must hold out examples.
 */
export async function calibrate(
  configs: readonly BuiltInConfig[],
  { bitExact, mutated, ...watch }: CalibrationOptions,
): Promise<Calibration> {
  const healthy: Calibration["healthy"][number][] = [];
  const mutants: MutantResult[] = [];
  for (const [of, config] of configs.entries()) {
    const subject = await createSubject(config);
    const own = await judgeSubject(subject, config, { bitExact, ...named("healthy", watch) });
    healthy.push({ ...own.judgement, config });
    if (of >= mutated) continue;
    const healthyError = errorOf(own);
    for (const mutation of mutations) {
      const mutant = mutation.mutate(config);
      if (!mutant) continue;
      const judged = await judgeSubject(mutant, config, { bitExact, ...named(mutation.name, watch) });
      const { judgement } = judged;
      const mutantError = errorOf(judged);
      mutants.push({
        mutation: mutation.name,
        of,
        ...judgement,
        healthyError,
        mutantError,
        isHarmful: mutation.isSilent || isHarmed(healthyError, mutantError),
        isNamed: mutation.causes.some((cause) => cause === judgement.cause),
      });
    }
  }
  return { healthy, mutants };
}

interface Judged {
  readonly judgement: Judgement;
  readonly subject: Subject;
  readonly run: TrainingRun;
}

/** Judges the subject's own run first, and trains variants of the subject only if that run shows no fault. */
async function judgeSubject(
  subject: Subject,
  { thresholds }: BuiltInConfig,
  how: { readonly bitExact: boolean } & Watch,
): Promise<Judged> {
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
    verdict: check.verdict,
    brokenLaws: check.laws.filter(({ holds }) => !holds).map(({ name }) => name),
    cause: findings[0]?.cause ?? null,
  };
  return { judgement, subject, run: check.run };
}

/** Returns the error relative to a constant's: the majority class for classes, the training mean for numbers. */
function errorOf({ subject, run }: Judged): number {
  return run.heldOut?.errorOverPrior ?? heldOutError(subject, run) ?? Number.NaN;
}

/** Whether a mutant explains less than half as much of the held-out targets' variance as the healthy run. */
function isHarmed(healthy: number, mutant: number): boolean {
  return !(1 - mutant >= (1 - healthy) / 2);
}
