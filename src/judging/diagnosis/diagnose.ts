import type { Thresholds } from "../../learning/config/schema.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { nameCall } from "../evidence/asked/askedFault.ts";
import { findAskedFaults } from "../evidence/asked/findAskedFaults.ts";
import { columnSpreads, spreadOf } from "../evidence/spread.ts";
import { outputsOf } from "../evidence/targets/outputs.ts";
import { BudgetSpent } from "../evidence/timeLeft.ts";
import { readTrend } from "../evidence/trend.ts";
import { meantCauses } from "../meant.ts";
import { type FairThresholds, fairThresholds } from "../outcome/fairThresholds.ts";
import { hasFlatOutput } from "../outcome/flatOutput.ts";
import { failsHeldOut } from "../outcome/heldOutError.ts";
import { type CheckVerdict, hasOpenEnd } from "../outcome/openEnd.ts";
import { wasCut } from "../outcome/stepsMade.ts";
import { judge } from "../outcome/verdict.ts";
import { asksForMore } from "./asksForMore.ts";
import type { Case, Cause, Suspicion } from "./cause.ts";
import { type CauseName, causes } from "./causes.ts";
import type { Finding } from "./finding.ts";
import { ranking } from "./ranking.ts";
import { isFact, standsWithoutTheEnd } from "./standsWithoutTheEnd.ts";

/** What the diagnosis of a run has to know beside the run. */
export interface DiagnoseOptions {
  readonly thresholds: Thresholds;
  /** Verdict of the run, if the caller has judged it already. @defaultValue `diagnose` judges the run */
  readonly verdict?: CheckVerdict;
  /** Whether a second run of the same seed gave the same losses. @defaultValue true */
  readonly repeats?: boolean;
}

/**
 * Names the causes that keep a subject from learning, the likeliest first.
 *
 * Of a run that was ended so early that more steps may still change what it has learnt, only what no further step
 * changes is named: see {@link standsWithoutTheEnd}.
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
    cutShort: run.finite && wasCut(run, subject),
    fails:
      verdict !== "learns" || hasFlatOutput(run, thresholds)
        ? "training"
        : failsHeldOut(subject, run)
          ? "held-out"
          : null,
    trend: readTrend(run.trace, Math.ceil(train.count / subject.batchSize)),
    inputs: spreadOf(train.inputs),
    targets: columnSpreads(train.targets, train.outputs),
    outputs: outputsOf(subject, run.survey),
    askedFaults: findAskedFaults(subject, run, verdict === "learns"),
  };
}

/**
 * Where nothing fails but the answers to what the script asks with known targets, those rows are looked at as held-out
 * ones: they are what the network was to generalise to.
 */
function askedAsHeldOut(of: Case): { readonly of: Case; readonly from: string } {
  const fault = of.askedFaults.find(({ kind }) => kind === "unanswered");
  const evaluation = fault && of.run.asked?.[fault.index]?.asAsked;
  if (of.fails !== null || !fault || !evaluation) return { of, from: "" };
  const subject = { ...of.subject, heldOut: fault.question.examples };
  return {
    of: { ...of, subject, run: { ...of.run, heldOut: evaluation }, fails: "held-out" },
    from: `held out are the rows of ${nameCall(fault.question)}: `,
  };
}

async function rank(given: Case): Promise<Finding[]> {
  const { of, from } = askedAsHeldOut(given);
  const hasMore = hasOpenEnd(of.run, of.subject, of.verdict);
  const suspects: readonly Cause<CauseName>[] = of.fails
    ? causes
    : causes.filter((cause: Cause) => cause.silent);
  const meant = meantCauses(of.subject);
  const findings: Finding[] = [];
  for (const cause of suspects) {
    if (meant.has(cause.name)) continue;
    const suspicion = await examineInTime(cause, of);
    if (!suspicion || (hasMore && !standsWithoutTheEnd(suspicion.rank))) continue;
    const evidence = from + suspicion.evidence;
    findings.push({
      ...suspicion,
      evidence,
      cause: cause.name,
      rank: ranking[suspicion.rank],
      ...(asksForMore(suspicion.rank) && { asksForMore: true }),
      ...(cause.silent && isFact(suspicion.rank) && { isFact: true }),
    });
  }
  return findings.sort((a, b) => b.rank - a.rank);
}

/** Leaves a cause out for which the caller has no time: it says nothing. */
async function examineInTime(cause: Cause<CauseName>, of: Case): Promise<Suspicion | null> {
  try {
    return await cause.examine(of);
  } catch (error) {
    if (error instanceof BudgetSpent) return null;
    throw error;
  }
}
