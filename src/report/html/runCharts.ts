import { spreadOf } from "../../judging/evidence/spread.ts";
import type { Evaluation } from "../../learning/training/evaluation.ts";
import type { LayerProbe, Probe } from "../../learning/training/trace.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { drawDots, drawLines, type Point } from "./chart.ts";

/** The loss of each step against Var(Y), on a logarithmic axis: a network that learns falls through powers of ten. */
export function drawLossChart({ trace, train }: TrainingRun): string {
  return drawLines({
    xName: "step",
    yName: "loss",
    log: true,
    series: [{ name: "loss", points: trace.losses.map((loss, index) => [index + 1, loss]) }],
    xMost: Math.max(1, trace.losses.length),
    ...(train.targetVariance > 0 && { line: { name: "Var(Y)", value: train.targetVariance } }),
  });
}

/** The parts of the error over the steps, each over Var(Y): error = 1 + Var(Ŷ) − 2 Cov(Y, Ŷ) + bias². */
export function drawErrorSplit({ trace }: TrainingRun): string {
  return drawLines({
    xName: "step",
    yName: "over Var(Y)",
    series: [
      { name: "error", points: over(trace.probes, "lossOverVariance") },
      { name: "Var(Ŷ)", points: over(trace.probes, "varianceRatio") },
      { name: "Cov(Y, Ŷ)", points: over(trace.probes, "covarianceRatio") },
      { name: "bias²", points: over(trace.probes, "biasRatio") },
    ].map(({ name, points }) => ({ name, points: points.map(clip) })),
    line: { name: "a constant", value: 1 },
  });
}

/** A network that runs away would press everything else into a line. */
const MOST_SHOWN = 4;

function clip([step, value]: Point): Point {
  return [step, Math.min(value, MOST_SHOWN)];
}

/** Var(Ŷ) / Var(Y) over the steps against the collapse threshold. */
export function drawVarianceRatio({ trace }: TrainingRun, threshold: number): string {
  return drawLines({
    xName: "step",
    yName: "Var(Ŷ) / Var(Y)",
    log: true,
    series: [{ name: "variance ratio", points: over(trace.probes, "varianceRatio") }],
    line: { name: "collapsed", value: threshold },
  });
}

/** The gradient of each layer over the steps. */
export function drawGradientNorms({ trace }: TrainingRun): string {
  return drawLines({
    xName: "step",
    yName: "gradient norm",
    log: true,
    series: layersOf(trace.probes).map((layer) => ({
      name: layer,
      points: perLayer(trace.probes, layer, ({ gradientNorm }) => gradientNorm),
    })),
  });
}

/** The share of dead relu units of each layer over the steps; null where no layer has any relu. */
export function drawDeadUnits({ trace }: TrainingRun): string | null {
  const layers = layersOf(trace.probes).filter((layer) =>
    trace.probes[0]?.layers.some((probe) => probe.layer === layer && probe.deadFraction !== null),
  );
  if (layers.length === 0) return null;
  return drawLines({
    xName: "step",
    yName: "dead units, %",
    series: layers.map((layer) => ({
      name: layer,
      points: perLayer(trace.probes, layer, ({ deadFraction }) => 100 * (deadFraction ?? 0)),
    })),
  });
}

/** Prediction against target of one output, on examples trained on and held out. */
export function drawPredictions({ train, heldOut }: TrainingRun, outputs: number, output: number): string {
  const targets = spreadOf(train.targets, output, outputs);
  return drawDots({
    xName: "target",
    yName: "prediction",
    range: [targets.least, targets.most > targets.least ? targets.most : targets.least + 1],
    size: { width: 420, height: 360 },
    series: [
      { name: "trained on", points: pairs(train, outputs, output) },
      ...(heldOut ? [{ name: "held out", points: pairs(heldOut, outputs, output) }] : []),
    ],
  });
}

const MOST_DOTS = 256;

function pairs({ targets, predictions }: Evaluation, outputs: number, output: number): Point[] {
  const points: Point[] = [];
  for (let index = output; index < targets.length && points.length < MOST_DOTS; index += outputs) {
    points.push([targets[index] as number, predictions[index] as number]);
  }
  return points;
}

type Ratio = "lossOverVariance" | "varianceRatio" | "covarianceRatio" | "biasRatio";

function over(probes: readonly Probe[], name: Ratio): Point[] {
  return probes.map((probe) => [probe.step, probe[name] ?? Number.NaN]);
}

function layersOf(probes: readonly Probe[]): string[] {
  return (probes[0]?.layers ?? []).map(({ layer }) => layer);
}

function perLayer(probes: readonly Probe[], layer: string, pick: (probe: LayerProbe) => number): Point[] {
  return probes.flatMap(({ step, layers }) =>
    layers.filter((probe) => probe.layer === layer).map((probe): Point => [step, pick(probe)]),
  );
}
