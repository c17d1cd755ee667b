import { printNumber } from "../../foundation/print/printNumber.ts";
import type { Finding } from "../../judging/diagnosis/finding.ts";
import type { CheckVerdict } from "../../judging/outcome/openEnd.ts";
import { renderLines } from "./chart/figure.ts";
import { escapeMarkup, renderFolded, renderTable } from "./markup.ts";
import { renderPage, type Section } from "./page.ts";
import { type JudgedRun, renderExamples, renderPredictions } from "./predictions.ts";
import { type Commit, describeSource } from "./reportSource.ts";
import { errorChart, renderCharts } from "./runCharts.ts";
import { renderLayers, renderOutputs } from "./trainingSections.ts";

/** A run that is laid beside others. */
export interface ComparedRun extends JudgedRun {
  /** Such as the name of its file. */
  readonly name: string;
  readonly verdict: CheckVerdict;
  readonly findings: readonly Finding[];
}

/** Several runs side by side: their numbers, what their configs differ in, their losses in one chart, then each alone. */
export function renderComparison(runs: readonly ComparedRun[], commit: Commit | null = null): string {
  const opening = `<h1>${runs.length === 1 ? "One run" : `${runs.length} runs side by side`}</h1>
<p class="lead">${runs.map(({ name, verdict }) => `${escapeMarkup(name)}: <span class="${verdict === "learns" ? "holds" : "broken"}">${verdict}</span>`).join(" · ")}</p>`;
  const sections = [
    { id: "numbers", title: "Numbers", body: renderNumbers(runs) },
    ...(runs.length > 1
      ? [{ id: "configs", title: "What the configs differ in", body: renderDifferences(runs) }]
      : []),
    ...runs.map(renderAlone),
  ];
  return renderPage({
    title: "Runs side by side (learnproof)",
    about: [...runs.map(({ name }) => name), ...describeSource({ file: null, commit })],
    opening,
    sections: [{ id: "together", title: "Error over the steps", body: renderTogether(runs) }, ...sections],
  });
}

function renderNumbers(runs: readonly ComparedRun[]): string {
  const row = (name: string, pick: (run: ComparedRun) => string) => [
    name,
    ...runs.map((run) => escapeMarkup(pick(run))),
  ];
  return renderTable(
    "Numbers",
    ["number", ...runs.map(({ name }) => name)],
    [
      row("verdict", ({ verdict }) => verdict),
      row("cause", ({ findings }) => findings[0]?.cause ?? "none"),
      row("error / Var(Y)", ({ run }) => printNumber(run.train.lossOverVariance)),
      row("Var(Ŷ) / Var(Y)", ({ run }) => printNumber(run.train.varianceRatio)),
      row("held-out R²", ({ run }) => (run.heldOut ? printNumber(run.heldOut.r2) : "nothing held out")),
      row("steps", ({ run }) => String(run.steps)),
      row("digest", ({ run }) => run.digest.slice(0, 12)),
    ],
  );
}

function renderDifferences(runs: readonly ComparedRun[]): string {
  const flat = runs.map(({ config }) => flatten(config));
  const paths = [...new Set(flat.flatMap((values) => [...values.keys()]))];
  const rows = paths
    .map((path) => [path, ...flat.map((values) => values.get(path) ?? "–")])
    .filter(([, ...values]) => new Set(values).size > 1)
    .map((cells) => cells.map(escapeMarkup));
  if (rows.length === 0) return "<p>They do not differ.</p>";
  return renderTable("Differences", ["field", ...runs.map(({ name }) => name)], rows);
}

/** Every value of a config by its path, such as `training.steps`. */
function flatten(value: unknown, path = ""): Map<string, string> {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return new Map([[path, JSON.stringify(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...flatten(inner, path ? `${path}.${key}` : key)]),
  );
}

function renderTogether(runs: readonly ComparedRun[]): string {
  return renderLines(errorChart(runs, Math.max(...runs.map(({ subject }) => subject.steps))), {
    title: "Error / Var(Y) of every run",
  });
}

function renderAlone(judged: ComparedRun, place: number): Section {
  const { name, config, subject, run, verdict } = judged;
  const threshold = config?.thresholds.varianceRatio ?? 0;
  const charts = renderCharts([{ name, subject, run }], { steps: subject.steps, threshold });
  const parts = [
    renderExamples(judged, null, `run${place + 1}`),
    renderFolded("Training", charts),
    renderFolded("Layers", renderLayers(run) + renderOutputs(run)),
    renderFolded("Predictions", renderPredictions(judged, null, `run${place + 1}-more`)),
  ];
  return {
    id: `run${place + 1}`,
    title: `${name}: ${verdict}`,
    body: parts.join("\n"),
  };
}
