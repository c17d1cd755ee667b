// Charts of a page. Their text is not scaled with the page, and their lines are: a chart fits a phone and stays
// readable. Series and the logarithmic scale are switched by the style sheet alone, without a script.

import { printNumber } from "../../../foundation/print/printNumber.ts";
import { escapeMarkup } from "../markup.ts";
import {
  type DotChart,
  type Face,
  type LineChart,
  type LinePlot,
  planDots,
  planLines,
  SIDE,
} from "./plot.ts";
import type { Tick } from "./scale.ts";
import type { Tone } from "./series.ts";

/** The words that belong to a chart. */
export interface Words {
  /** What the chart shows. */
  readonly title: string;
  /** How to read it. @defaultValue nothing */
  readonly note?: string;
}

/** A chart of lines as a figure of a page. */
export function renderLines(chart: LineChart, { title, note }: Words): string {
  const plot = planLines(chart);
  const { series, xName, yName } = plot;
  const faces = [
    ["linear", plot.linear],
    ["logarithmic", plot.log],
  ] as const;
  const drawn = faces.map(([name, face]) => (face ? renderFace(name, face, plot) : ["", ""]));
  const label = `${title}: ${yName} over the ${xName}s. ${series.map(describe).join("; ")}`;
  return `<figure class="chart lines" data-axis="${escapeMarkup(xName)}" data-ends="${plot.xEnds.join(" ")}"><figcaption>${escapeMarkup(title)}</figcaption>
${renderLegend(plot, title)}
<div class="plot"><svg class="y" aria-hidden="true">${drawn.map(([ticks]) => ticks).join("")}</svg><svg class="area" role="img" aria-label="${escapeMarkup(label)}">${plot.xTicks.map(upright).join("")}${drawn.map(([, lines]) => lines).join("")}</svg><svg class="x" aria-hidden="true">${renderXTicks(plot.xTicks)}<text x="50%" y="34" text-anchor="middle">${escapeMarkup(xName)}</text></svg></div>
<p class="reading" aria-hidden="true"></p>${note ? `<p class="note">${escapeMarkup(note)}</p>` : ""}</figure>`;
}

function describe({ name, points, note }: LinePlot["series"][number]): string {
  const finite = points.filter(([, y]) => Number.isFinite(y));
  const [first, last] = [finite[0], finite.at(-1)];
  const range =
    first && last
      ? ` from ${printNumber(first[1])} at ${first[0]} to ${printNumber(last[1])} at ${last[0]}`
      : "";
  return `${name}${range}${note ? ` (${note})` : ""}`;
}

/** The marks and the lines of one scale; both carry its class, by which the style sheet shows one of them. */
function renderFace(name: string, { ticks, paths, line }: Face, plot: LinePlot): readonly [string, string] {
  const levels = ticks.map(
    ({ at }) => `<line class="grid" x2="100%" y1="${percent(1 - at)}" y2="${percent(1 - at)}"/>`,
  );
  const across =
    line === null
      ? ""
      : `<line class="limit" x2="100%" y1="${percent(1 - line)}" y2="${percent(1 - line)}"/><text class="limit" x="100%" y="${percent(1 - line)}" dy="-4" text-anchor="end">${escapeMarkup(plot.lineName)}</text>`;
  const lines = plot.series.map(
    ({ tone, points }, index) =>
      `<path class="${classOf(tone, index)} s${index}" d="${paths[index]}"${name === "linear" ? valuesOf(points) : ""}/>`,
  );
  return [
    `<g class="${name}">${ticks.map(({ at, label }) => `<text x="100%" y="${percent(1 - at)}" dy="4" text-anchor="end">${label}</text>`).join("")}</g>`,
    `<g class="${name}">${levels.join("")}${across}<svg viewBox="0 0 ${SIDE} ${SIDE}" preserveAspectRatio="none">${lines.join("")}</svg></g>`,
  ];
}

/** The numbers that the script shows under the cursor. */
function valuesOf(points: LinePlot["series"][number]["points"]): string {
  const xs = points.map(([x]) => x).join(" ");
  const ys = points.map(([, y]) => printNumber(y)).join(" ");
  return ` data-x="${xs}" data-y="${ys}"`;
}

/** Switches for the series and the scale: plain boxes to tick, which the style sheet reads. */
function renderLegend({ series, log, startsLog }: LinePlot, title: string): string {
  const boxes = series.map(
    ({ name, tone, note }, index) =>
      `<label><input type="checkbox" class="s${index}" checked><svg class="key" viewBox="0 0 24 8" aria-hidden="true"><path class="${classOf(tone, index)}" d="M2 4h20"/></svg><span>${escapeMarkup(name)}${note ? `<small>, ${escapeMarkup(note)}</small>` : ""}</span></label>`,
  );
  const scale = log
    ? `<label><input type="checkbox" class="log"${startsLog ? " checked" : ""}><span>log scale</span></label>`
    : "";
  return `<fieldset class="legend"><legend>Shown in: ${escapeMarkup(title)}</legend>${boxes.join("")}${scale}</fieldset>`;
}

/** A chart of dots with the diagonal on which they should lie. */
export function renderDots(chart: DotChart, { title, note }: Words): string {
  const { xTicks, yTicks, series, diagonal } = planDots(chart);
  const marks = yTicks.map(
    ({ at, label }) => `<text x="100%" y="${percent(1 - at)}" dy="4" text-anchor="end">${label}</text>`,
  );
  const levels = yTicks.map(
    ({ at }) => `<line class="grid" x2="100%" y1="${percent(1 - at)}" y2="${percent(1 - at)}"/>`,
  );
  const dots = series.map(
    ({ tone, path }, index) => `<path class="dots ${classOf(tone, index)}" d="${path}"/>`,
  );
  const keys = series.map(
    ({ name, tone }, index) =>
      `<span><svg class="key" viewBox="0 0 24 8" aria-hidden="true"><path class="dots ${classOf(tone, index)}" d="M12 4h0"/></svg>${escapeMarkup(name)}</span>`,
  );
  const label = `${title}: ${chart.yName} against ${chart.xName}, ${series.map(({ name }) => name).join(" and ")}`;
  return `<figure class="chart dots"><figcaption>${escapeMarkup(title)}</figcaption>
<div class="legend">${keys.join("")}</div>
<div class="plot"><svg class="y" aria-hidden="true">${marks.join("")}</svg><svg class="area" role="img" aria-label="${escapeMarkup(label)}">${xTicks.map(upright).join("")}${levels.join("")}<svg viewBox="0 0 ${SIDE} ${SIDE}" preserveAspectRatio="none"><path class="limit" d="${diagonal}"/>${dots.join("")}</svg></svg><svg class="x" aria-hidden="true">${renderXTicks(xTicks)}<text x="50%" y="34" text-anchor="middle">${escapeMarkup(chart.xName)}</text></svg></div>
${note ? `<p class="note">${escapeMarkup(note)}</p>` : ""}</figure>`;
}

function upright({ at }: Tick): string {
  return `<line class="grid" y2="100%" x1="${percent(at)}" x2="${percent(at)}"/>`;
}

function renderXTicks(ticks: readonly Tick[]): string {
  const anchor = (at: number) => (at < 0.02 ? "start" : at > 0.98 ? "end" : "middle");
  return ticks
    .map(({ at, label }) => `<text x="${percent(at)}" y="16" text-anchor="${anchor(at)}">${label}</text>`)
    .join("");
}

/** Colours in the row of the style sheet. */
const COLOURS = 8;

function classOf(tone: Tone | undefined, index: number): string {
  return tone ?? `c${index % COLOURS}`;
}

function percent(share: number): string {
  return `${Number((100 * share).toFixed(2))}%`;
}
