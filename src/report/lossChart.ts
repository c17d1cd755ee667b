import { LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { TrainingRun } from "../training/train.ts";
import { printNumber } from "./printNumber.ts";

use([LineChart, GridComponent, MarkLineComponent, SVGRenderer]);

/** A colour that can be read on a light and on a dark ground. */
const INK = "#808890";
const MOST_POINTS = 800;

/**
 * The loss of each step against the line of Var(Y), the lowest that a constant can reach, as SVG text.
 *
 * The loss axis is logarithmic, since a network that learns falls through several powers of ten; losses
 * that are not positive and finite have no place on it and are left out.
 */
export function drawLossChart({ trace, train }: TrainingRun): string {
  const every = Math.ceil(trace.losses.length / MOST_POINTS);
  const points = trace.losses
    .map((loss, index) => [index + 1, loss] as const)
    .filter(([step, loss]) => loss > 0 && Number.isFinite(loss) && (step - 1) % every === 0);
  const chart = init(null, null, { renderer: "svg", ssr: true, width: 760, height: 320 });
  chart.setOption({
    animation: false,
    textStyle: { color: INK, fontSize: 13 },
    grid: { left: 70, right: 90, top: 30, bottom: 45 },
    xAxis: {
      type: "value",
      name: "step",
      nameLocation: "middle",
      nameGap: 28,
      max: Math.max(1, trace.losses.length),
      axisLabel: { color: INK },
    },
    yAxis: {
      type: "log",
      name: "loss",
      axisLabel: { color: INK, formatter: printNumber },
      splitLine: { lineStyle: { color: INK, opacity: 0.25 } },
    },
    series: [
      {
        type: "line",
        data: points,
        showSymbol: points.length < 3,
        lineStyle: { width: 1.5, color: "#3b82f6" },
        itemStyle: { color: "#3b82f6" },
        ...(train.targetVariance > 0 && { markLine: varianceLine(train.targetVariance) }),
      },
    ],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

function varianceLine(variance: number) {
  return {
    symbol: "none",
    silent: true,
    lineStyle: { color: "#e05252", type: "dashed", width: 1.5 },
    label: { formatter: "Var(Y)", color: "#e05252", fontSize: 13 },
    data: [{ yAxis: variance }],
  } as const;
}
