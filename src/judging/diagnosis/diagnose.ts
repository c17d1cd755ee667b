import type { Thresholds } from "../../learning/config/schema.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { outputsOf } from "../evidence/outputs.ts";
import { columnSpreads, spreadOf } from "../evidence/spread.ts";
import { readTrend } from "../evidence/trend.ts";
import { meantCauses } from "../meant.ts";
import { type FairThresholds, fairThresholds } from "../outcome/fairThresholds.ts";
import { hasFlatOutput } from "../outcome/flatOutput.ts";
import { failsHeldOut } from "../outcome/heldOutError.ts";
import { judge, type Verdict } from "../outcome/verdict.ts";
import type { Case, Cause } from "./cause.ts";
import { type CauseName, causes } from "./causes.ts";
import type { Finding } from "./finding.ts";
import { ranking } from "./ranking.ts";

/** What the diagnosis of a run has to know beside the run. */
export interface DiagnoseOptions {
  readonly thresholds: Thresholds;
  /** Verdict of the run, if the caller has judged it already. @defaultValue `diagnose` judges the run */
  readonly verdict?: Verdict;
  /** Whether a second run of the same seed gave the same losses. @defaultValue true */
  readonly repeats?: boolean;
}

/**
 * Names the causes that keep a subject from learning, the likeliest first.
 *
 * If a run learns and predicts its held-out examples, only those causes are examined that leave every measurement
 * healthy, such as leakage.
 *
 * @param created the subject, which {@link createSubject} may still be creating.
 * @param run a run of that subject, with its probes.
 * @returns the causes; empty if there is no evidence for any.
 * @throws {RangeError} if the run was made without probes.
 */
export async function diagnose(
  created: Subject | Promise<Subject>,
  run: TrainingRun,
  { thresholds, verdict, repeats = true }: DiagnoseOptions,
): Promise<readonly Finding[]> {
  const subject = await created;
  const fair = fairThresholds(subject, thresholds);
  return rank(
    describeCase(subject, run, { thresholds: fair, verdict: verdict ?? judge(run, fair), repeats }),
  );
}

function describeCase(
  subject: Subject,
  run: TrainingRun,
  { thresholds, verdict, repeats }: Required<DiagnoseOptions> & { readonly thresholds: FairThresholds },
): Case {
  if (run.survey === null)
    throw new RangeError("a run without probes cannot be diagnosed; train with probes");
  const { train } = subject;
  return {
    subject,
    run,
    survey: run.survey,
    verdict,
    thresholds,
    repeats,
    // A run that stops itself early has said by its own rule that it is done.
    cutShort: run.finite && run.steps < subject.steps && subject.earlyStopping === undefined,
    fails:
      verdict !== "learns" || hasFlatOutput(run, thresholds)
        ? "training"
        : failsHeldOut(subject, run)
          ? "held-out"
          : null,
    trend: readTrend(run.trace),
    inputs: spreadOf(train.inputs),
    targets: columnSpreads(train.targets, train.outputs),
    outputs: outputsOf(subject, run.survey),
  };
}

async function rank(of: Case): Promise<Finding[]> {
  const suspects: readonly Cause<CauseName>[] = of.fails
    ? causes
    : causes.filter((cause: Cause) => cause.silent);
  const meant = meantCauses(of.subject);
  const findings: Finding[] = [];
  for (const cause of suspects) {
    if (meant.has(cause.name)) continue;
    const suspicion = await cause.examine(of);
    if (!suspicion) continue;
    const { rank, evidence } = suspicion;
    findings.push({ cause: cause.name, rank: ranking[rank], evidence });
  }
  return findings.sort((a, b) => b.rank - a.rank);
}
