// Charts as SVG text. Every colour can be read on a light and on a dark ground.

import { LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { escapeText } from "../../foundation/input/printable.ts";
import { printNumber } from "../../foundation/print/printNumber.ts";
import { type AxisScale, scaleAxis } from "./axisScale.ts";
import { escapeMarkup } from "./page.ts";

use([LineChart, ScatterChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);

const INK = "#808890";
const LIMIT = "#e05252";
const COLOURS = ["#3b82f6", "#d97706", "#10a37f", "#a855f7", "#db2777", "#0891b2", "#84803c", "#f43f5e"];
const MOST_POINTS = 800;

export type Point = readonly [x: number, y: number];

export interface Series {
  readonly name: string;
  readonly points: readonly Point[];
  /** @defaultValue the next of a row of colours */
  readonly colour?: string;
}

export interface ChartOptions {
  readonly xName: string;
  readonly yName: string;
  readonly series: readonly Series[];
  /** Whether the y axis is logarithmic: numbers that are not above 0 have no place on it and are left out. */
  readonly log?: boolean;
  /** A line across, such as the loss of a constant. */
  readonly line?: { readonly name: string; readonly value: number };
  /** @defaultValue 760 × 320 */
  readonly size?: { readonly width: number; readonly height: number };
  /** The right end of the x axis. @defaultValue the last point */
  readonly xMost?: number;
}

/** Lines over steps. Numbers that are not finite are left out; long series are thinned. */
export function drawLines({ series, log = false, line, size, xMost, ...names }: ChartOptions): string {
  const shown = series.map(({ points, ...rest }) => ({
    ...rest,
    points: thin(points.filter(([, y]) => Number.isFinite(y) && (!log || y > 0))),
  }));
  const points = shown.flatMap((one) => one.points);
  const x = scaleAxis([...points.map(([at]) => at), ...(xMost === undefined ? [] : [xMost])]);
  // An axis follows from its numbers: a line across that is far from them is not on the chart.
  const y = scaleAxis(
    points.map(([, at]) => at),
    { log },
  );
  const end = xMost === undefined ? undefined : { max: x.place(xMost) };
  return render({
    size,
    xAxis: { ...axis(names.xName, x), ...end, nameGap: 28, splitLine: { show: false } },
    yAxis: { ...axis(names.yName, y), ...(log && { type: "log" as const }) },
    series: shown.map((one, index) => ({
      type: "line" as const,
      name: escapeText(one.name),
      lineStyle: { width: 1.5, color: colourOf(one, index) },
      itemStyle: { color: colourOf(one, index) },
      data: placed(one.points, x, y).filter(([, at]) => !log || at > 0),
      showSymbol: one.points.length < 3,
      ...(index === 0 && line && across(line.name, y.place(line.value))),
    })),
  });
}

/** Dots, with the diagonal on which they should lie. */
export function drawDots({
  series,
  range,
  size,
  ...names
}: ChartOptions & { readonly range: readonly [number, number] }): string {
  const shown = series.map(({ points, ...rest }) => ({
    ...rest,
    points: points.filter(([, y]) => Number.isFinite(y)),
  }));
  const x = scaleAxis([], { fixed: range });
  const values = shown.flatMap(({ points }) => points.map(([, y]) => y));
  // The diagonal is on the chart, too, wherever the dots lie.
  const y = scaleAxis([], { fixed: [Math.min(range[0], ...values), Math.max(range[1], ...values)] });
  const corners = placed(
    range.map((end) => [end, end]),
    x,
    y,
  );
  return render({
    size,
    xAxis: { ...axis(names.xName, x), nameGap: 28, splitLine: { show: false } },
    yAxis: axis(names.yName, y),
    series: shown.map((one, index) => ({
      type: "scatter" as const,
      name: escapeText(one.name),
      data: placed(one.points, x, y),
      symbolSize: 5,
      itemStyle: { color: colourOf(one, index), opacity: 0.7 },
      ...(index === 0 && { markLine: diagonal(corners) }),
    })),
  });
}

function placed(points: readonly Point[], x: AxisScale, y: AxisScale): [number, number][] {
  return points.map(([at, value]) => [x.place(at), y.place(value)]);
}

function colourOf({ colour }: Omit<Series, "points">, index: number): string {
  return colour ?? (COLOURS[index % COLOURS.length] as string);
}

function axis(name: string, { ends, valueAt }: AxisScale) {
  return {
    type: "value" as const,
    name,
    scale: true,
    ...(ends && { min: ends[0], max: ends[1] }),
    axisLine: { onZero: false },
    axisLabel: { color: INK, formatter: (at: number) => printNumber(valueAt(at)) },
    splitLine: { lineStyle: { color: INK, opacity: 0.25 } },
  };
}

interface Drawing {
  readonly size: ChartOptions["size"];
  readonly xAxis: object;
  readonly yAxis: object;
  readonly series: readonly object[];
}

function render({ size = { width: 760, height: 320 }, xAxis, yAxis, series }: Drawing): string {
  const legend = series.length > 1;
  const chart = init(null, null, { renderer: "svg", ssr: true, ...size });
  try {
    chart.setOption({
      animation: false,
      textStyle: { color: INK, fontSize: 13 },
      ...(legend && { legend: { top: 0, type: "plain", textStyle: { color: INK } } }),
      grid: { left: 70, right: 70, top: legend ? 56 : 30, bottom: 45 },
      xAxis: { nameLocation: "middle", ...xAxis },
      yAxis,
      series: [...series],
    });
    return chart.renderToSVGString();
  } catch (error) {
    return renderUndrawn(size, (error as Error).message);
  } finally {
    // The chart library keeps a timer, which would keep the process alive.
    chart.dispose();
  }
}

/** A chart that the library cannot draw costs no other chart, and no verdict. */
function renderUndrawn({ width, height }: { width: number; height: number }, reason: string): string {
  const why = reason === "" ? "" : `: ${escapeMarkup(reason)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><text x="70" y="${height / 2}" fill="${INK}">This chart could not be drawn${why}</text></svg>`;
}

function thin(points: readonly Point[]): readonly Point[] {
  const every = Math.ceil(points.length / MOST_POINTS);
  return every <= 1 ? points : points.filter((_, index) => index % every === 0);
}

const DASHED = {
  symbol: "none",
  silent: true,
  lineStyle: { color: LIMIT, type: "dashed", width: 1.5 },
} as const;

function across(name: string, value: number) {
  if (!Number.isFinite(value)) return undefined;
  const label = { formatter: name, color: LIMIT, fontSize: 13 };
  return { markLine: { ...DASHED, label, data: [{ yAxis: value }] } };
}

function diagonal([least, most]: readonly (readonly number[])[]) {
  return { ...DASHED, label: { show: false }, data: [[{ coord: least }, { coord: most }]] };
}
