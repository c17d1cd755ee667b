import { diagnose } from "../../judging/diagnosis/diagnose.ts";
import { type Check, checkLaws } from "../../judging/law/checkLaws.ts";
import { heldOutError } from "../../judging/law/generalises.ts";
import { laws } from "../../judging/law/laws.ts";
import type { Verdict } from "../../judging/law/verdict.ts";
import type { BuiltInConfig } from "../../learning/config/schema.ts";
import { createSubject } from "../../learning/subject/createSubject.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { mutations } from "./mutations.ts";

/** What the harness made of one subject. */
export interface Judgement {
  /** Whether a law is broken, or the verdict is not `learns`. */
  readonly caught: boolean;
  readonly verdict: Verdict;
  readonly brokenLaws: readonly string[];
  /** The likeliest cause; null where none is named. */
  readonly cause: string | null;
}

/** One mutation on one healthy config. */
export interface MutantResult extends Judgement {
  readonly mutation: string;
  /** Its place among the healthy configs. */
  readonly of: number;
  /** Held-out error of the healthy run, and of the mutant on the same held-out examples, over the error of a constant. */
  readonly healthyError: number;
  readonly mutantError: number;
  /** Whether learning is harmed, or the fault is one that must be caught although it is not. */
  readonly isHarmful: boolean;
  /** Whether the cause is among those that are right for the mutation. */
  readonly isNamed: boolean;
}

export interface Calibration {
  readonly healthy: readonly (Judgement & { readonly config: BuiltInConfig })[];
  readonly mutants: readonly MutantResult[];
}

export interface CalibrationOptions {
  readonly bitExact: boolean;
  /** How many of the configs are mutated, from the first. */
  readonly mutated: number;
  /** Called after each subject, with what it is. */
  readonly onSubject?: (what: string) => void;
}

/**
 * Judges healthy configs, then their mutants, by every law and by the diagnosis.
 *
 * @param configs that learn; each must hold examples out.
 */
export async function calibrate(
  configs: readonly BuiltInConfig[],
  { bitExact, mutated, onSubject }: CalibrationOptions,
): Promise<Calibration> {
  const healthy: Calibration["healthy"][number][] = [];
  const mutants: MutantResult[] = [];
  for (const [of, config] of configs.entries()) {
    const subject = createSubject(config);
    const own = await judgeSubject(subject, config, bitExact);
    healthy.push({ ...own.judgement, config });
    onSubject?.("healthy");
    if (of >= mutated) continue;
    const healthyError = errorOf(own);
    for (const mutation of mutations) {
      const mutant = mutation.mutate(config);
      if (!mutant) continue;
      const judged = await judgeSubject(mutant, config, bitExact);
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
      onSubject?.(mutation.name);
    }
  }
  return { healthy, mutants };
}

interface Judged {
  readonly judgement: Judgement;
  readonly subject: Subject;
  readonly run: TrainingRun;
}

/** What the subject's own run shows comes first; only where it shows nothing are variants of the subject trained. */
async function judgeSubject(
  subject: Subject,
  { thresholds }: BuiltInConfig,
  bitExact: boolean,
): Promise<Judged> {
  const options = { thresholds, bitExact };
  let check = await checkLaws(subject, { ...options, laws: laws.filter(({ trains }) => !trains) });
  if (!fails(check))
    check = await checkLaws(subject, {
      ...options,
      run: check.run,
      laws: laws.filter(({ trains }) => trains),
    });
  const caught = fails(check);
  const findings = caught ? await diagnose(subject, check.run, { thresholds }) : [];
  const judgement: Judgement = {
    caught,
    verdict: check.verdict,
    brokenLaws: check.laws.filter(({ holds }) => !holds).map(({ name }) => name),
    cause: findings[0]?.cause ?? null,
  };
  return { judgement, subject, run: check.run };
}

function fails({ holds, verdict }: Check): boolean {
  return !holds || verdict !== "learns";
}

/** Of classes the share of wrong ones over the prior's; of numbers the error over that of the training mean. */
function errorOf({ subject, run }: Judged): number {
  return run.heldOut?.errorOverPrior ?? heldOutError(subject, run) ?? Number.NaN;
}

/** A mutant harms where it explains less than half of what the healthy run does of held-out targets. */
function isHarmed(healthy: number, mutant: number): boolean {
  return !(1 - mutant >= (1 - healthy) / 2);
}
