// The charts of a run over its steps. All of them have one x axis, from the start to the last step asked for.

import { wasJudgedByItsLoss } from "../../learning/measure/lossMeasure.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { Ratios } from "../../learning/training/probe.ts";
import type { LayerProbe, Probe } from "../../learning/training/trace.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { renderLines } from "./chart/figure.ts";
import type { LineChart } from "./chart/plot.ts";
import type { Point, Series, Tone } from "./chart/series.ts";
import { measureFinalProbe } from "./finalProbe.ts";

/** A run that a chart shows, beside others. */
export interface ShownRun {
  readonly name: string;
  readonly subject: Subject;
  readonly run: TrainingRun;
  readonly tone?: Tone | undefined;
}

/** A run, and the run with the cure where there is one. */
export function besideCure(
  { subject, run }: Omit<ShownRun, "name">,
  cured: Omit<ShownRun, "name"> | null,
  tone: Tone | undefined,
): { readonly runs: readonly [ShownRun, ...ShownRun[]]; readonly steps: number } {
  const own: ShownRun = { name: "this run", subject, run, tone };
  if (!cured) return { runs: [own], steps: subject.steps };
  return {
    runs: [own, { name: "with the cure", subject: cured.subject, run: cured.run, tone: "cured" }],
    steps: Math.max(subject.steps, cured.subject.steps),
  };
}

function labelOf({ name, tone }: Omit<ShownRun, "run">): Pick<ShownRun, "name" | "tone"> {
  return { name, tone };
}

/** The error of each run over the steps, over Var(Y). */
export function errorChart(runs: readonly ShownRun[], xMost: number): LineChart {
  return {
    xName: "step",
    yName: "error / Var(Y)",
    log: true,
    xMost,
    series: runs.map((shown) => ({ ...labelOf(shown), points: over(shown, "lossOverVariance") })),
    line: { name: "a constant", value: 1 },
  };
}

/** Whether the squared error beside Var(Y) says something: of outputs that their own loss judges it does not. */
export function comparesWithTargets({ train }: TrainingRun): boolean {
  return train.targetVariance > 0 && !train.outputs.every(wasJudgedByItsLoss);
}

/** The loss of each step against Var(Y), on a logarithmic axis: a network that learns falls through powers of ten. */
export function lossChart(runs: readonly ShownRun[], xMost: number): LineChart {
  const [own] = runs;
  const variance = own && comparesWithTargets(own.run) ? own.run.train.targetVariance : 0;
  return {
    xName: "step",
    yName: "loss",
    log: true,
    xMost,
    series: runs.map(({ run, ...shown }) => ({
      ...labelOf(shown),
      points: run.trace.losses.map((loss, index): Point => [index + 1, loss]),
    })),
    line: variance > 0 ? { name: "Var(Y)", value: variance } : undefined,
  };
}

/** A network that runs away would press everything else into a line. */
const MAX_SHOWN = 4;

/** The parts of the error over the steps, each over Var(Y): error = 1 + Var(Ŷ) − 2 Cov(Y, Ŷ) + bias². */
export function errorSplitChart(shown: ShownRun, xMost: number): LineChart {
  const names = {
    error: "lossOverVariance",
    "Var(Ŷ)": "varianceRatio",
    "Cov(Y, Ŷ)": "covarianceRatio",
    "bias²": "biasRatio",
  } as const;
  return {
    xName: "step",
    yName: "over Var(Y)",
    xMost,
    yMost: MAX_SHOWN,
    series: Object.entries(names).map(([name, ratio]) => ({ name, points: over(shown, ratio) })),
    line: { name: "a constant", value: 1 },
  };
}

/** Var(Ŷ) / Var(Y) of each run over the steps against the collapse threshold. */
export function varianceChart(runs: readonly ShownRun[], threshold: number, xMost: number): LineChart {
  return {
    xName: "step",
    yName: "Var(Ŷ) / Var(Y)",
    log: true,
    xMost,
    series: runs.map((shown) => ({ ...labelOf(shown), points: over(shown, "varianceRatio") })),
    line: { name: "collapsed below", value: threshold },
  };
}

/** The gradient of each layer over the steps. */
export function gradientChart({ trace }: TrainingRun, xMost: number): LineChart {
  return {
    xName: "step",
    yName: "gradient norm",
    log: true,
    xMost,
    series: someOf(layersOf(trace.probes)).map((layer) =>
      perLayer(trace.probes, layer, ({ gradientNorm }) => gradientNorm),
    ),
  };
}

/** The share of dead relu units of each layer over the steps; null where no layer has any relu. */
export function deadUnitsChart({ trace }: TrainingRun, xMost: number): LineChart | null {
  const layers = layersOf(trace.probes).filter((layer) =>
    trace.probes[0]?.layers.some((probe) => probe.layer === layer && probe.deadFraction !== null),
  );
  if (layers.length === 0) return null;
  return {
    xName: "step",
    yName: "dead units, %",
    xMost,
    series: someOf(layers).map((layer) =>
      perLayer(trace.probes, layer, ({ deadFraction }) => 100 * (deadFraction ?? 0)),
    ),
  };
}

/** Renders the charts of one run, or of a failing run beside the one with its cure. */
export function renderCharts(
  runs: readonly [ShownRun, ...ShownRun[]],
  { steps, threshold }: { readonly steps: number; readonly threshold: number },
): string {
  const [{ run }] = runs;
  const isProbed = run.trace.probes.length > 0;
  const varies = comparesWithTargets(run);
  const dead = deadUnitsChart(run, steps);
  return `<div class="charts">${[
    renderLines(lossChart(runs, steps), {
      title: "Loss of each step",
      ...(varies && {
        note: "A model that predicts a constant gets no lower than Var(Y), where the loss is the squared error.",
      }),
    }),
    isProbed && varies
      ? renderLines(errorSplitChart(runs[0], steps), {
          title: "The error, split",
          note: `error = 1 + Var(Ŷ) − 2 Cov(Y, Ŷ) + bias², each over Var(Y). Only covariance takes it below 1. The linear scale ends at ${MAX_SHOWN}.`,
        })
      : "",
    isProbed && varies
      ? renderLines(varianceChart(runs, threshold, steps), {
          title: "Variance of the predictions",
          note: `Below ${threshold} the predictions count as a constant.`,
        })
      : "",
    isProbed
      ? renderLines(gradientChart(run, steps), {
          title: "Gradient norm of each layer",
          note: `${countShown(run)}A layer whose gradient is 0 is no longer trained.`,
        })
      : "",
    dead === null
      ? ""
      : renderLines(dead, {
          title: "Dead relu units of each layer",
          note: "Units that are 0 on every example pass no gradient.",
        }),
  ].join("\n")}</div>`;
}

/** What the probes measured, and last the finished model: the series reach the end of the run. */
function over({ run, subject }: ShownRun, name: keyof Ratios): Point[] {
  const points = run.trace.probes.map((probe): Point => [probe.step, probe[name] ?? Number.NaN]);
  if (points.length === 0) return [];
  return [...points, [run.steps, measureFinalProbe(subject, run)[name] ?? Number.NaN]];
}

function layersOf(probes: readonly Probe[]): string[] {
  return (probes[0]?.layers ?? []).map(({ layer }) => layer);
}

/** The colours of a chart are this many. */
const MAX_LAYERS = 8;

/** Of many layers, some at even distances, with the first and the last. */
function someOf(layers: readonly string[]): string[] {
  if (layers.length <= MAX_LAYERS) return [...layers];
  return Array.from(
    { length: MAX_LAYERS },
    (_, place) => layers[Math.round((place * (layers.length - 1)) / (MAX_LAYERS - 1))] as string,
  );
}

function countShown({ trace }: TrainingRun): string {
  const { length } = layersOf(trace.probes);
  return length > MAX_LAYERS ? `${MAX_LAYERS} of ${length} layers are shown. ` : "";
}

function perLayer(probes: readonly Probe[], layer: string, pick: (probe: LayerProbe) => number): Series {
  const points = probes.flatMap(({ step, layers }) =>
    layers.filter((probe) => probe.layer === layer).map((probe): Point => [step, pick(probe)]),
  );
  return { name: layer, points };
}
