import { printNumber } from "../../foundation/print/printNumber.ts";
import type { Finding } from "../../judging/diagnosis/finding.ts";
import type { Verdict } from "../../judging/outcome/verdict.ts";
import { drawLines } from "./chart.ts";
import { escapeMarkup, renderFigure, renderPage, renderTable, type Section } from "./page.ts";
import { type RunContent, renderRun } from "./runSections.ts";

/** A run that is laid beside others. */
export interface ComparedRun extends RunContent {
  /** Such as the name of its file. */
  readonly name: string;
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
}

/** Several runs side by side: their numbers, what their configs differ in, their losses in one chart, then each alone. */
export function renderComparison(runs: readonly ComparedRun[]): string {
  const heading = `<h1>${runs.length === 1 ? "One run" : `${runs.length} runs side by side`}</h1>
<p>${runs.map(({ name, verdict }) => `${escapeMarkup(name)}: <span class="${verdict === "learns" ? "holds" : "broken"}">${verdict}</span>`).join(" · ")}</p>`;
  return renderPage("learnproof: runs side by side", heading, [
    { id: "numbers", title: "Numbers", body: renderNumbers(runs) },
    ...(runs.length > 1
      ? [{ id: "configs", title: "What the configs differ in", body: renderDifferences(runs) }]
      : []),
    { id: "together", title: "Error over the steps", body: renderTogether(runs) },
    ...runs.map(renderAlone),
  ]);
}

function renderNumbers(runs: readonly ComparedRun[]): string {
  const row = (name: string, pick: (run: ComparedRun) => string) => [
    name,
    ...runs.map((run) => escapeMarkup(pick(run))),
  ];
  return renderTable(
    "Numbers",
    ["", ...runs.map(({ name }) => name)],
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
  return renderTable("Differences", ["", ...runs.map(({ name }) => name)], rows);
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
  const series = runs.map(({ name, run }) => ({
    name,
    points: run.trace.probes.map(
      ({ step, lossOverVariance }) => [step, lossOverVariance ?? Number.NaN] as const,
    ),
  }));
  return renderFigure(
    "Mean squared error over Var(Y) of every run, over the steps",
    drawLines({
      xName: "step",
      yName: "error / Var(Y)",
      log: true,
      series,
      line: { name: "a constant", value: 1 },
    }),
  );
}

function renderAlone(run: ComparedRun, place: number): Section {
  const parts = renderRun(run).map(({ title, body }) => `<h3>${escapeMarkup(title)}</h3>${body}`);
  return { id: `run${place + 1}`, title: run.name, body: parts.join("\n") };
}
