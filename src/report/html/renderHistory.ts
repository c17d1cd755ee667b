import { printNumber } from "../../foundation/print/printNumber.ts";
import type { ChangePoint, Trend } from "../../keeping/history/trend.ts";
import { renderLines } from "./chart/figure.ts";
import { escapeMarkup, renderTable } from "./markup.ts";
import { renderPage, type Section } from "./page.ts";

/** What a page of the history shows. */
export interface HistoryContent {
  readonly trends: readonly Trend[];
  readonly changePoints: readonly ChangePoint[];
}

/** The gate's measurements over the commits: all subjects at a glance, the change points, then a chart for each metric. */
export function renderHistory({ trends, changePoints }: HistoryContent): string {
  const subjects = [...new Set(trends.map(nameOf))];
  const commits = new Set(trends.flatMap(({ points }) => points.map(({ commit }) => commit)));
  return renderPage({
    title: "History (learnproof)",
    about: ["history of the gate"],
    opening: `<h1>What the gate measured over ${commits.size} commits</h1>`,
    sections: [
      { id: "subjects", title: "Subjects", body: renderSubjects(subjects, trends, changePoints) },
      { id: "changes", title: "Change points", body: renderChanges(changePoints) },
      ...subjects.map((name, index) => renderSubject(name, index, trends, changePoints)),
    ],
  });
}

function nameOf({ subject, engine }: Pick<Trend, "subject" | "engine">): string {
  return `${subject}, on ${engine}`;
}

function renderSubjects(
  subjects: readonly string[],
  trends: readonly Trend[],
  changes: readonly ChangePoint[],
): string {
  const rows = subjects.map((name) => {
    const own = trends.filter((trend) => nameOf(trend) === name);
    const worse = changes.filter((change) => nameOf(change) === name && change.worse);
    const last = own.find(({ metric }) => metric === "finalLoss")?.points.at(-1);
    const state =
      worse.length === 0 ? '<span class="holds">no</span>' : `<span class="broken">${worse.length}</span>`;
    return [escapeMarkup(name), String(own[0]?.points.length ?? 0), printNumber(last?.level ?? null), state];
  });
  return renderTable(
    "Subjects",
    ["subject", "#commits", "#final loss / Var(Y)", "change points for the worse"],
    rows,
  );
}

function renderChanges(changes: readonly ChangePoint[]): string {
  if (changes.length === 0) return "<p>No level changed.</p>";
  const rows = changes.map((change) => [
    `<code>${escapeMarkup(change.commit.slice(0, 12))}</code>`,
    escapeMarkup(nameOf(change)),
    escapeMarkup(change.metric),
    printNumber(change.before),
    printNumber(change.after),
    `<span class="${change.worse ? "broken" : ""}">${printNumber(change.ratio)}</span>`,
    printNumber(change.p),
  ]);
  return renderTable(
    "Change points",
    ["first commit", "subject", "metric", "#before", "#after", "#times as bad", "#p"],
    rows,
  );
}

function renderSubject(
  name: string,
  index: number,
  trends: readonly Trend[],
  changes: readonly ChangePoint[],
): Section {
  const figures = trends
    .filter((trend) => nameOf(trend) === name && trend.points.length > 1)
    .map((trend) => {
      const points = trend.points.map(({ level }, at) => [at + 1, level] as const);
      const own = changes.filter((change) => nameOf(change) === name && change.metric === trend.metric);
      const changed = own.map(({ commit, ratio }) => `${commit.slice(0, 12)} (× ${printNumber(ratio)})`);
      const chart = { xName: "commit", yName: trend.metric, series: [{ name: trend.metric, points }] };
      return renderLines(chart, {
        title: `${trend.metric} of ${name}`,
        ...(changed.length > 0 && { note: `It changed at ${changed.join(", ")}.` }),
      });
    });
  const body = figures.length > 0 ? figures.join("\n") : "<p>One commit has no trend.</p>";
  return { id: `subject-${index}`, title: name, body };
}
