// A chart as numbers: where lines and marks lie. Pages and pictures are drawn from it.

import { printNumber } from "../../../foundation/print/printNumber.ts";
import { linearScale, logScale, type Scale, type Tick } from "./scale.ts";
import { type Point, type Series, type Tone, thin } from "./series.ts";

/** What a chart of lines shows. */
export interface LineChart {
  readonly xName: string;
  readonly yName: string;
  readonly series: readonly Series[];
  /** A line across, such as the error of a constant. */
  readonly line?: { readonly name: string; readonly value: number } | undefined;
  /** Whether the y axis begins as a logarithmic one; on a page, a person can change it. @defaultValue false */
  readonly log?: boolean;
  /** The right end of the x axis, which begins at 0. @defaultValue the last point */
  readonly xMost?: number | undefined;
  /** The largest number that a linear y axis shows; what lies above runs along the upper edge. @defaultValue none */
  readonly yMost?: number | undefined;
}

/** Sides of the square on which {@link Face.paths} are drawn. */
export const SIDE = 1000;

/** The lines on one scale of the y axis. */
export interface Face {
  readonly ticks: readonly Tick[];
  /** One SVG path for each series, on a square of {@link SIDE}. */
  readonly paths: readonly string[];
  /** Place of the line across, from the lower end (0) to the upper (1); null where it is not on the chart. */
  readonly line: number | null;
}

/** A series with what is to be said of it. */
export interface PlannedSeries {
  readonly name: string;
  readonly tone: Tone | undefined;
  /** The points that are drawn. */
  readonly points: readonly Point[];
  /** Says how the series ends, where the line does not show it; empty elsewhere. */
  readonly note: string;
}

/** A chart of lines, laid out. */
export interface LinePlot {
  readonly xName: string;
  readonly yName: string;
  readonly lineName: string;
  readonly xTicks: readonly Tick[];
  /** The numbers at the ends of the x axis. */
  readonly xEnds: readonly [least: number, most: number];
  readonly series: readonly PlannedSeries[];
  readonly linear: Face;
  /** Null where no number is above 0. */
  readonly log: Face | null;
  /** Whether the logarithmic face is shown first. */
  readonly startsLog: boolean;
}

/** The most points of all series together: a page of charts stays small. */
const MAX_POINTS = 240;

/** Lays a chart of lines out. Numbers that are not finite leave gaps; long series are thinned. */
export function planLines({ xName, yName, series, line, log = false, xMost, yMost }: LineChart): LinePlot {
  const most = Math.ceil(MAX_POINTS / Math.max(1, series.length));
  const shown = series.map((one) => ({ ...one, points: thin(one.points, most) }));
  const all = shown.flatMap(({ points }) => points.filter(([, y]) => Number.isFinite(y)));
  const measured = shown.flatMap(({ points }) => points.map(([at]) => at));
  const xs = xMost === undefined ? [0, ...measured] : [0, ...measured, xMost];
  const x = linearScale(xs, "numbers");
  const values = all.map(([, y]) => y);
  const lines = shown.map(({ points }) => points);
  const logarithmic = logScale(values);
  const linear = linearScale(yMost === undefined ? values : values.map((value) => Math.min(value, yMost)));
  const faceOf = (y: Scale, isOn: (value: number) => boolean): Face => ({
    ticks: y.ticks,
    paths: lines.map((points) => pathOf(points, x, y)),
    line: line && Number.isFinite(line.value) && isOn(line.value) ? y.place(line.value) : null,
  });
  // An axis follows from its numbers: a line across that is far from them is not on the chart.
  const isWithin = (y: Scale) => (value: number) => y.place(value) > 0 && y.place(value) < 1;
  return {
    xName,
    yName,
    lineName: line?.name ?? "",
    xTicks: x.ticks,
    xEnds: [Math.min(...xs), Math.max(...xs)],
    series: shown.map(({ name, tone, points }) => ({
      name,
      tone,
      points,
      note: describeEnd(points, xName, xMost),
    })),
    linear: faceOf(linear, isWithin(linear)),
    log: logarithmic && faceOf(logarithmic, isWithin(logarithmic)),
    startsLog: log && logarithmic !== null,
  };
}

/** Steps after its last measurement that a series may miss at its end, as a share of the axis. */
const NEARLY_AT_THE_END = 0.02;

function describeEnd(points: readonly Point[], xName: string, xMost: number | undefined): string {
  if (points.length === 0) return "not measured";
  const last = points.findLastIndex(([, y]) => Number.isFinite(y));
  if (last < 0) return "never a finite number";
  const [at, value] = points[last] as Point;
  if (last < points.length - 1) return `not a finite number from ${xName} ${points[last + 1]?.[0]} on`;
  if (value === 0) {
    const before = points.findLastIndex(([, y]) => y !== 0);
    return `0 from ${xName} ${points[before + 1]?.[0]} on`;
  }
  const end = xMost ?? at;
  return at < end - NEARLY_AT_THE_END * Math.abs(end) ? `last measured at ${xName} ${printNumber(at)}` : "";
}

/** A path of relative steps between whole numbers: the shortest way to write it. Gaps begin a new line. */
function pathOf(points: readonly Point[], x: Scale, y: Scale): string {
  let path = "";
  let before: Point | null = null;
  for (const point of points) {
    const [at, value] = point;
    if (!Number.isFinite(value) || !Number.isFinite(at)) {
      before = null;
      continue;
    }
    const here: Point = [Math.round(SIDE * x.place(at)), Math.round(SIDE * (1 - y.place(value)))];
    path += before
      ? `l${here[0] - before[0]}${signed(here[1] - before[1])}`
      : // A point between two gaps shows as a dot, since its line of length 0 has round ends.
        `M${here[0]} ${here[1]}h0`;
    before = here;
  }
  return path;
}

/** A number behind another one; the minus of a negative one sets them apart already. */
function signed(number: number): string {
  return number < 0 ? String(number) : ` ${number}`;
}

/** What a chart of dots shows: predictions against targets. */
export interface DotChart {
  readonly xName: string;
  readonly yName: string;
  readonly series: readonly Series[];
  /** The range of the targets, which the diagonal crosses. */
  readonly range: readonly [least: number, most: number];
}

/** A chart of dots, laid out. */
export interface DotPlot {
  readonly xTicks: readonly Tick[];
  readonly yTicks: readonly Tick[];
  readonly series: readonly {
    readonly name: string;
    readonly tone: Tone | undefined;
    readonly path: string;
  }[];
  /** The path on which a prediction equals its target. */
  readonly diagonal: string;
}

/** Lays dots out. Those that are not finite are left out; the diagonal is on the chart wherever the dots lie. */
export function planDots({ series, range }: DotChart): DotPlot {
  const shown = series.map(({ points, ...rest }) => ({
    ...rest,
    points: points.filter(([at, y]) => Number.isFinite(at) && Number.isFinite(y)),
  }));
  const dots = shown.flatMap(({ points }) => points);
  const x = linearScale([...range, ...dots.map(([at]) => at)]);
  const y = linearScale([...range, ...dots.map(([, value]) => value)]);
  const placed = ([at, value]: Point) =>
    `${Math.round(SIDE * x.place(at))} ${Math.round(SIDE * (1 - y.place(value)))}`;
  const [least, most] = range;
  return {
    xTicks: x.ticks,
    yTicks: y.ticks,
    series: shown.map(({ name, tone, points }) => ({
      name,
      tone,
      path: points.map((point) => `M${placed(point)}h0`).join(""),
    })),
    diagonal: `M${placed([least, least])}L${placed([most, most])}`,
  };
}
