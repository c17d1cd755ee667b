import { printNumber } from "../../foundation/print/printNumber.ts";
import type { CureSearch } from "../../judging/diagnosis/cure/attempt.ts";
import type { Config } from "../../learning/config/schema.ts";
import type { Subject } from "../../learning/subject/subject.ts";
import type { TrainingRun } from "../../learning/training/train.ts";
import { drawGallery } from "./gallery.ts";
import { escapeMarkup, renderFigure, renderTable, type Section } from "./page.ts";
import {
  drawDeadUnits,
  drawErrorSplit,
  drawGradientNorms,
  drawLossChart,
  drawPredictions,
  drawVarianceRatio,
} from "./runCharts.ts";

/** The content of one run's sections. */
export interface RunContent {
  readonly config: Config;
  readonly subject: Subject;
  readonly run: TrainingRun;
}

const MOST_OUTPUTS = 6;

/** Renders the measurements made during training and the predictions at the end. */
export function renderRun({ config, subject, run }: RunContent): Section[] {
  return [
    { id: "loss", title: "Loss", body: renderLoss(run) },
    { id: "layers", title: "Layers", body: renderLayers(run) },
    { id: "variance", title: "Variance of the predictions", body: renderVariance(config, run) },
    { id: "predictions", title: "Predictions", body: renderPredictions(subject, run) },
    ...renderPictures(config, subject, run),
  ];
}

function renderLoss(run: TrainingRun): string {
  const { lossOverVariance, targetVariance } = run.train;
  return [
    renderFigure(
      `Loss of each of ${run.steps} training steps against Var(Y) = ${printNumber(targetVariance)}`,
      drawLossChart(run),
      "Loss of each step. A model that predicts a constant can do no better than the dashed line.",
    ),
    run.trace.probes.length === 0 || targetVariance === 0
      ? ""
      : renderFigure(
          `The error split over the steps; it ends at ${printNumber(lossOverVariance)} of Var(Y)`,
          drawErrorSplit(run),
          "E[(Y − Ŷ)²] = Var(Y) + Var(Ŷ) − 2 Cov(Y, Ŷ) + bias², each over Var(Y). A constant has no variance and no covariance: its error is 1. Only covariance takes the error below.",
        ),
  ].join("\n");
}

function renderVariance(config: Config, run: TrainingRun): string {
  const rows = run.train.varianceRatios.map((ratio, output) => [String(output), printNumber(ratio)]);
  return `${renderFigure(
    `Var(Ŷ) / Var(Y) over the steps; it ends at ${printNumber(run.train.varianceRatio)}, and below ${config.thresholds.varianceRatio} a run has collapsed`,
    drawVarianceRatio(run, config.thresholds.varianceRatio),
    "Var(Ŷ) / Var(Y). Below the dashed line the predictions are a constant.",
  )}${renderTable("Variance ratio of each output", ["output", "#Var(Ŷ) / Var(Y)"], rows.slice(0, MOST_OUTPUTS))}`;
}

function renderLayers(run: TrainingRun): string {
  const dead = drawDeadUnits(run);
  const rows = (run.survey?.layers ?? []).map(
    ({ layer, units, moved, gradientNorm, constant, saturated }) => [
      escapeMarkup(layer),
      String(units),
      printNumber(moved),
      printNumber(gradientNorm),
      `${printNumber(100 * constant)} %`,
      saturated === null ? "–" : `${printNumber(100 * saturated)} %`,
    ],
  );
  return [
    renderFigure(
      "Gradient norm of each layer over the steps",
      drawGradientNorms(run),
      "Gradient norm of each layer. A line that ends is a gradient of exactly 0.",
    ),
    dead === null
      ? ""
      : renderFigure(
          "Dead relu units of each layer over the steps",
          dead,
          "Relu units that are 0 on every example.",
        ),
    renderTable(
      "Layers at the end of training",
      ["layer", "#units", "#moved", "#gradient", "#constant units", "#saturated units"],
      rows,
    ),
  ].join("\n");
}

function renderPredictions(subject: Subject, run: TrainingRun): string {
  const { outputs, classification } = subject.train;
  if (classification) {
    const row = (name: string, share: number | null | undefined) => [name, printNumber(share ?? null)];
    return renderTable(
      "Wrong classes",
      ["examples", "#wrong / wrong of the commonest class"],
      [
        row("trained on", run.train.errorOverPrior),
        ...(run.heldOut ? [row("held out", run.heldOut.errorOverPrior)] : []),
      ],
    );
  }
  const names = subject.showsBoxes ? ["x", "y"] : [];
  const figures = Array.from({ length: Math.min(outputs, MOST_OUTPUTS) }, (_, output) =>
    renderFigure(
      `Prediction against target of output ${names[output] ?? output}`,
      drawPredictions(run, outputs, output),
      `Output ${names[output] ?? output}: right predictions lie on the dashed line, a constant on a level one.`,
    ),
  );
  return `<div class="row">${figures.join("\n")}</div>`;
}

function renderPictures(config: Config, subject: Subject, run: TrainingRun): Section[] {
  const [examples, evaluation] =
    subject.heldOut && run.heldOut ? [subject.heldOut, run.heldOut] : [subject.train, run.train];
  const pictures = drawGallery(config, examples, evaluation);
  if (pictures.length === 0) return [];
  const body = `<p>${examples === subject.train ? "Pictures trained on" : "Held-out pictures"}: the true box is green, the predicted one red and dashed.</p><div class="gallery">${pictures.join("\n")}</div>`;
  return [{ id: "pictures", title: "Pictures", body }];
}

/** Renders the causes that were found and the cures that were tried; empty if no cause was found. */
export function renderDiagnosis({ causes: judged, cure, attempts }: CureSearch): Section[] {
  if (judged.length === 0) return [];
  const causes = renderTable(
    "Causes",
    ["cause", "status", "evidence"],
    judged.map(({ cause, status, evidence, why }) => [
      `<strong>${escapeMarkup(cause)}</strong>`,
      escapeMarkup(status),
      `${escapeMarkup(evidence)}<br>${escapeMarkup(why)}`,
    ]),
  );
  const tried = renderTable(
    "Changes tried",
    ["change", "verdict", "#error / Var(Y)", "cures"],
    attempts.map(({ change, verdict, lossOverVariance, cures, brokenLaws }) => [
      escapeMarkup(change),
      verdict,
      printNumber(lossOverVariance),
      cures
        ? '<span class="holds">yes: every law holds</span>'
        : `<span class="broken">no</span>${brokenLaws.length > 0 ? `: breaks ${escapeMarkup(brokenLaws.join(", "))}` : ""}`,
    ]),
  );
  const sentence = cure
    ? `<p class="holds">Cure, tried under the same seed: <code>${escapeMarkup(cure.change)}</code></p>`
    : `<p>${attempts.length > 0 ? "None of the changes tried made every law hold." : "No change to the config is known to help."}</p>`;
  return [
    {
      id: "cause",
      title: "Cause and cure",
      body: `${causes}\n${sentence}\n${attempts.length > 0 ? tried : ""}`,
    },
  ];
}

/** How to make the run again. */
export function renderReplay(config: Config, engine: string, digest: string): Section {
  const name = escapeMarkup(engine);
  const body = `<p>The same config, seed and engine give the same bits. Save this as <code>config.json</code> and run
<code>npx learnproof train config.json --engine ${name}</code>; the digest is <code>${escapeMarkup(digest)}</code>.
<code>npx learnproof record config.json --out capsule.json</code> keeps the run, and <code>npx learnproof replay capsule.json</code> makes it again.</p>
<pre tabindex="0">${escapeMarkup(JSON.stringify(config, null, 2))}</pre>`;
  return { id: "replay", title: "Replay", body };
}
