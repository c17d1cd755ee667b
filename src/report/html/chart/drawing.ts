// Charts as SVG files, for pages of documentation.

import { escapeMarkup } from "../markup.ts";
import { type LineChart, planLines, SIDE } from "./plot.ts";

const WIDTH = 760;
const HEIGHT = 320;
const AREA = { left: 70, right: 20, top: 46, bottom: 46 };

const STYLE = `text { font: 13px system-ui, sans-serif; fill: #1f2328; } path { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; stroke-linecap: round; stroke-linejoin: round; }
.grid { stroke: #8886; } line.limit { stroke: #57606a; stroke-dasharray: 6 4; } .c0, .broken { stroke: #b91c1c; } .c1, .cured { stroke: #166534; } .c2 { stroke: #1d4ed8; }
@media (prefers-color-scheme: dark) { text { fill: #e6edf3; } line.limit { stroke: #9da7b3; } .c0, .broken { stroke: #f87171; } .c1, .cured { stroke: #4ade80; } .c2 { stroke: #79a8ff; } }`;

/** The colours of a drawing, which a ground of either scheme can carry. */
const MAX_SERIES = 3;

/** A chart of at most three lines as an SVG file that needs nothing from outside itself. */
export function drawLines(chart: LineChart): string {
  const plot = planLines({ ...chart, series: chart.series.slice(0, MAX_SERIES) });
  const face = plot.startsLog && plot.log ? plot.log : plot.linear;
  const width = WIDTH - AREA.left - AREA.right;
  const height = HEIGHT - AREA.top - AREA.bottom;
  const [x, y] = [
    (at: number) => (AREA.left + at * width).toFixed(1),
    (at: number) => (AREA.top + (1 - at) * height).toFixed(1),
  ];
  const text = (at: string, from: string, anchor: string, words: string) =>
    `<text x="${at}" y="${from}" text-anchor="${anchor}">${escapeMarkup(words)}</text>`;
  const classes = plot.series.map(({ tone }, index) => tone ?? `c${index}`);
  const keys = plot.series.map(({ name, note }, index) => {
    const from = AREA.left + (index * width) / plot.series.length;
    const words = note ? `${name}, ${note}` : name;
    return `<path class="${classes[index]}" d="M${from} 16h18"/>${text(String(from + 26), "20", "start", words)}`;
  });
  const parts = [
    ...keys,
    text(String(AREA.left), "38", "start", plot.yName),
    text(x(0.5), String(HEIGHT - 8), "middle", plot.xName),
    ...plot.xTicks.map(({ at, label }) => text(x(at), String(HEIGHT - 28), "middle", label)),
    ...face.ticks.map(
      ({ at, label }) =>
        `<line class="grid" x1="${AREA.left}" x2="${WIDTH - AREA.right}" y1="${y(at)}" y2="${y(at)}"/>${text(String(AREA.left - 8), String(Number(y(at)) + 4), "end", label)}`,
    ),
    face.line === null
      ? ""
      : `<line class="limit" x1="${AREA.left}" x2="${WIDTH - AREA.right}" y1="${y(face.line)}" y2="${y(face.line)}"/>${text(String(WIDTH - AREA.right), String(Number(y(face.line)) - 5), "end", plot.lineName)}`,
    `<g transform="translate(${AREA.left} ${AREA.top}) scale(${width / SIDE} ${height / SIDE})">${face.paths.map((path, index) => `<path class="${classes[index]}" d="${path}"/>`).join("")}</g>`,
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img"><title>${escapeMarkup(`${plot.yName} over the ${plot.xName}s`)}</title><style>${STYLE}</style>${parts.join("\n")}</svg>`;
}
