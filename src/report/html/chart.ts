// Charts as SVG text. Every colour can be read on a light and on a dark ground.

import { LineChart, ScatterChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { printNumber } from "../../foundation/print/printNumber.ts";

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
  /** Where the x axis ends. @defaultValue the last point */
  readonly xMost?: number;
}

/** Lines over steps. Numbers that are not finite are left out; long series are thinned. */
export function drawLines({ series, log = false, line, ...rest }: ChartOptions): string {
  const shown = series.map(({ name, points, colour }, index) => {
    const kept = thin(points.filter(([, y]) => Number.isFinite(y) && (!log || y > 0)));
    const color = colour ?? (COLOURS[index % COLOURS.length] as string);
    return {
      type: "line" as const,
      name,
      data: kept as [number, number][],
      showSymbol: kept.length < 3,
      lineStyle: { width: 1.5, color },
      itemStyle: { color },
      ...(index === 0 && line && { markLine: horizontal(line.name, line.value) }),
    };
  });
  return render({ ...rest, log, series: shown });
}

/** Dots, with the diagonal on which they should lie. */
export function drawDots({
  series,
  ...rest
}: ChartOptions & { readonly range: readonly [number, number] }): string {
  const [least, most] = rest.range;
  const shown = series.map(({ name, points, colour }, index) => ({
    type: "scatter" as const,
    name,
    data: points.filter(([, y]) => Number.isFinite(y)) as [number, number][],
    symbolSize: 5,
    itemStyle: { color: colour ?? (COLOURS[index % COLOURS.length] as string), opacity: 0.7 },
    ...(index === 0 && { markLine: diagonal(least, most) }),
  }));
  const values = series.flatMap(({ points }) => points.map(([, y]) => y)).filter(Number.isFinite);
  // The diagonal is on the chart, too, wherever the dots lie.
  const yRange = [Math.min(least, ...values), Math.max(most, ...values)] as const;
  return render({ ...rest, log: false, series: shown, xLeast: least, xMost: most, yRange });
}

function render(
  options: Omit<ChartOptions, "series" | "line"> & {
    series: object[];
    xLeast?: number;
    yRange?: readonly [number, number];
  },
): string {
  const { width, height } = options.size ?? { width: 760, height: 320 };
  const legend = options.series.length > 1;
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption({
    animation: false,
    textStyle: { color: INK, fontSize: 13 },
    ...(legend && { legend: { top: 0, type: "plain", textStyle: { color: INK } } }),
    grid: { left: 70, right: 70, top: legend ? 56 : 30, bottom: 45 },
    xAxis: {
      type: "value",
      name: options.xName,
      nameLocation: "middle",
      nameGap: 28,
      scale: true,
      ...(options.xLeast !== undefined && { min: options.xLeast }),
      ...(options.xMost !== undefined && { max: options.xMost }),
      axisLine: { onZero: false },
      axisLabel: { color: INK, formatter: printNumber },
      splitLine: { show: false },
    },
    yAxis: {
      type: options.log ? "log" : "value",
      name: options.yName,
      scale: true,
      ...(options.yRange && { min: options.yRange[0], max: options.yRange[1] }),
      axisLine: { onZero: false },
      axisLabel: { color: INK, formatter: printNumber },
      splitLine: { lineStyle: { color: INK, opacity: 0.25 } },
    },
    series: options.series,
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
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

function horizontal(name: string, value: number) {
  return { ...DASHED, label: { formatter: name, color: LIMIT, fontSize: 13 }, data: [{ yAxis: value }] };
}

function diagonal(least: number, most: number) {
  return { ...DASHED, label: { show: false }, data: [[{ coord: [least, least] }, { coord: [most, most] }]] };
}
