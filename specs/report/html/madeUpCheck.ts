import type { Examination } from "../../../src/judging/examine.ts";
import type { LawResult } from "../../../src/judging/law/law.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { BuiltInConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import type { Evaluation } from "../../../src/learning/training/evaluation.ts";
import type { Quality } from "../../../src/learning/training/quality.ts";
import type { Probe } from "../../../src/learning/training/trace.ts";
import type { TrainingRun } from "../../../src/learning/training/train.ts";
import type { ReportContent } from "../../../src/report/html/renderReport.ts";

const quality: Quality = {
  examples: 2,
  meanSquaredError: 0.0123,
  targetVariance: 0.25,
  varianceRatio: 0.9,
  varianceRatios: [1, 0.8],
  lossOverVariance: 0.0492,
  errorOverVariances: [0.04, 0.06],
  r2: 0.9508,
  errorOverPrior: null,
  classes: null,
  measured: null,
  predictions: Float32Array.of(0, 0, 1, 1),
  targets: Float32Array.of(0, 0, 1, 1),
};
const output = { name: "output 0", shape: [2], classification: false, loss: 0.0123, ...quality };
const evaluation: Evaluation = { ...quality, loss: 0.0123, outputs: [output] };

/** A run whose numbers are made up: text and charts need no training. */
export const madeUpRun: TrainingRun = {
  trace: { losses: [0.5, 0.1, 0.0123], predictionVariances: [0, 0.1, 0.2], probes: [] },
  survey: null,
  steps: 3,
  finite: true,
  train: evaluation,
  heldOut: { ...evaluation, r2: 0.75 },
  digest: "d1".repeat(32),
};

/** A probe of one relu layer, with some of it changed. */
export function madeUpProbe(step: number, changes: Partial<Probe> = {}): Probe {
  const layer = {
    layer: "hidden1",
    gradientNorm: 0.5,
    updateRatio: 0.01,
    deadFraction: 0.25,
    trainable: true,
  };
  return {
    step,
    lossOverVariance: 1,
    varianceRatio: 0.5,
    covarianceRatio: 0.25,
    biasRatio: 0,
    layers: [layer],
    ...changes,
  };
}

/** A law's result that holds, with some of it changed. */
export function madeUpLaw(changes: Partial<LawResult> = {}): LawResult {
  return {
    name: "beatsTheMean",
    claim: "it beats the mean",
    measured: 0.0492,
    threshold: 0.2,
    bound: "<",
    holds: true,
    detail: "error over Var(Y)",
    ...changes,
  };
}

/** An examination by the laws given, made up around {@link madeUpRun}. */
export function madeUpCheck(
  laws: readonly LawResult[],
  verdict: Examination["verdict"] = "learns",
): Examination {
  return {
    verdict,
    laws,
    holds: laws.every(({ holds }) => holds),
    run: madeUpRun,
    findings: [],
    notMeasured: [],
    notAsked: [],
    data: [],
  };
}

/** The config of {@link madeUpReport}. */
export const madeUpConfig = parseConfig({
  model: { imageSize: 16, channels: 1 },
  data: { examples: 2, heldOut: 2 },
});

/** What a report is made of, around {@link madeUpCheck}. */
export function madeUpReport(laws: readonly LawResult[] = [madeUpLaw()]): ReportContent {
  return {
    config: madeUpConfig,
    subject: createSubject(madeUpConfig as BuiltInConfig),
    engine: { name: "wasm", device: "CPU", reason: "wasm: asked for", bitExact: true },
    examination: madeUpCheck(laws),
    cures: { cure: null, cured: null, attempts: [], notTried: [], causes: [] },
  };
}
