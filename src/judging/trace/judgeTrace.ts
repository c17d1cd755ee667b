import { printNumber } from "../../foundation/print/printNumber.ts";
import type { Thresholds } from "../../learning/config/schema.ts";
import type { CauseName } from "../diagnosis/causes.ts";
import { causes as allCauses } from "../diagnosis/causes.ts";
import { laws as allLaws } from "../law/laws.ts";
import { type FairThresholds, fairBound } from "../outcome/fairThresholds.ts";
import type { Verdict } from "../outcome/verdict.ts";
import { findTraceCauses, TRACE_CAUSES } from "./traceCauses.ts";
import type { TraceLine } from "./traceLine.ts";

/** What a trace alone says of a training. */
export interface TraceJudgement {
  /** Null where the trace has no variances and the loss is finite: a loss alone does not tell. */
  readonly verdict: Verdict | null;
  /** Why, in one sentence. */
  readonly why: string;
  readonly laws: readonly {
    readonly name: string;
    readonly holds: boolean;
    readonly measured: number;
    readonly threshold: number;
  }[];
  readonly causes: readonly { readonly name: CauseName; readonly evidence: string }[];
  /** Names of laws and causes that a trace cannot show. */
  readonly notChecked: readonly string[];
  readonly steps: number;
}

/**
 * Judges a training by its trace, with the thresholds of a run's verdict.
 *
 * @param thresholds with what the data allow, where the caller has the data; a trace does not show how noisy they are.
 */
export function judgeTrace(trace: readonly TraceLine[], thresholds: FairThresholds): TraceJudgement {
  const last = trace.at(-1) as TraceLine;
  const { verdict, why } = verdictOf(trace, thresholds);
  const laws = measureLaws(trace, thresholds);
  const seen = TRACE_CAUSES.filter(({ needs }) => trace.some(needs)).map(({ name }) => name);
  const unseen = [
    ...allLaws.map(({ name }) => name).filter((name) => !laws.some((law) => law.name === name)),
  ];
  return {
    verdict,
    why,
    laws,
    causes: verdict === "learns" ? [] : findTraceCauses(trace),
    notChecked: [...unseen, ...allCauses.map(({ name }) => name).filter((name) => !seen.includes(name))],
    steps: last.step + 1,
  };
}

function verdictOf(
  trace: readonly TraceLine[],
  thresholds: FairThresholds,
): { verdict: Verdict | null; why: string } {
  const broken = trace.find(({ loss }) => loss === null);
  if (broken) return { verdict: "diverged", why: `the loss is not finite at step ${broken.step}` };
  const measured = trace.filter(({ targetVariance }) => targetVariance).at(-1);
  if (!measured)
    return { verdict: null, why: "the trace has no variances of predictions and targets; give watch() both" };
  const { predictionVariance, targetVariance, meanSquaredError, step } = measured;
  if (predictionVariance == null)
    return { verdict: "diverged", why: `a prediction is not finite at step ${step}` };
  const ratio = predictionVariance / (targetVariance as number);
  const error = meanSquaredError == null ? null : meanSquaredError / (targetVariance as number);
  const said = `at step ${step} the predictions vary ${printNumber(ratio)} times as much as the targets${error === null ? "" : `, and the error is ${printNumber(error)} of their variance`}`;
  if (ratio < thresholds.varianceRatio) return { verdict: "collapsed", why: said };
  if (error === null)
    return { verdict: "stalled", why: `${said}; without the error it is not known to learn` };
  if (error > thresholds.divergedLossOverVariance) return { verdict: "diverged", why: said };
  if (error < thresholds.lossOverVariance) return { verdict: "learns", why: said };
  const fair = fairBound(thresholds.lossOverVariance, thresholds, "lossOverVariance");
  if (error < fair)
    return { verdict: "learns", why: `${said}, which is as little as regressions leave on data so noisy` };
  const unknown =
    thresholds.attainable === undefined && error < 1
      ? "; if the data are noisy, less may be impossible, which a trace does not show: ask check, which has the data"
      : "";
  return { verdict: "stalled", why: said + unknown };
}

function measureLaws(trace: readonly TraceLine[], thresholds: Thresholds): TraceJudgement["laws"] {
  const measured = trace.filter(({ targetVariance }) => targetVariance).at(-1);
  if (measured?.predictionVariance == null) return [];
  const variance = measured.targetVariance as number;
  const ratio = measured.predictionVariance / variance;
  const varies = {
    name: "predictionsVary",
    holds: ratio >= thresholds.varianceRatio,
    measured: ratio,
    threshold: thresholds.varianceRatio,
  };
  if (measured.meanSquaredError == null) return [varies];
  const error = measured.meanSquaredError / variance;
  return [varies, { name: "beatsTheMean", holds: error < 1, measured: error, threshold: 1 }];
}
