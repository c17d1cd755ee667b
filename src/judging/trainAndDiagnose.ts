import type { Thresholds } from "../learning/config/schema.ts";
import type { Subject } from "../learning/subject/subject.ts";
import type { Watch } from "../learning/training/progress.ts";
import { type TrainingRun, type TrainOptions, train } from "../learning/training/train.ts";
import { diagnose } from "./diagnosis/diagnose.ts";
import type { Finding } from "./diagnosis/finding.ts";
import { fairThresholds } from "./outcome/fairThresholds.ts";
import { judge, type Verdict } from "./outcome/verdict.ts";

/** One run with its verdict and the causes of its failure. */
export interface Outcome {
  readonly run: TrainingRun;
  readonly verdict: Verdict;
  /** The causes, the likeliest first; empty if there is no evidence for any. */
  readonly findings: readonly Finding[];
}

/**
 * Trains a subject once, judges the run and names what keeps it from learning. Every part of learnproof that needs a
 * run with its verdict gets it here.
 */
export async function trainAndDiagnose(
  subject: Subject,
  { thresholds, ...options }: { readonly thresholds: Thresholds } & Watch & Pick<TrainOptions, "isOver">,
): Promise<Outcome> {
  const run = await train(subject, options);
  const verdict = judge(run, fairThresholds(subject, thresholds));
  return { run, verdict, findings: await diagnose(subject, run, { thresholds, verdict }) };
}
