import type { Config } from "../../../learning/config/schema.ts";
import { createSubject } from "../../../learning/subject/createSubject.ts";
import { judgedError } from "../../../learning/training/evaluation.ts";
import type { Watch } from "../../../learning/training/progress.ts";
import type { TrainingRun } from "../../../learning/training/train.ts";
import { checkLaws } from "../../law/checkLaws.ts";
import type { Verdict } from "../../outcome/verdict.ts";
import { trainAndDiagnose } from "../../trainAndDiagnose.ts";
import type { Finding } from "../finding.ts";

/** What a run of a changed config has shown: plain data, which a thread can send. */
export interface ChangedRun {
  readonly verdict: Verdict;
  /** Mean squared error over Var(Y). */
  readonly lossOverVariance: number | null;
  readonly findings: readonly Finding[];
  /** Laws that the changed subject breaks; also empty if its run failed, since then no law is measured. */
  readonly brokenLaws: readonly string[];
  /** Whether the run learns, the diagnosis finds no cause, and every law holds. */
  readonly cures: boolean;
  /** Null unless it cures: runs take memory. */
  readonly run: TrainingRun | null;
}

/** Trains a changed config, and measures every law where nothing else is wrong with the run. */
export async function trainChanged(
  config: Config,
  { bitExact, ...watch }: { readonly bitExact: boolean } & Watch,
): Promise<ChangedRun> {
  const { thresholds } = config;
  const subject = await createSubject(config);
  const { run, verdict, findings } = await trainAndDiagnose(subject, { thresholds, ...watch });
  const lossOverVariance = judgedError(run.train);
  if (verdict !== "learns" || findings.length > 0)
    return { verdict, lossOverVariance, findings, brokenLaws: [], cures: false, run: null };
  const { laws, holds } = await checkLaws(subject, { thresholds, bitExact, run, ...watch });
  const brokenLaws = laws.filter((law) => !law.holds).map(({ name }) => name);
  return { verdict, lossOverVariance, findings, brokenLaws, cures: holds, run: holds ? run : null };
}
