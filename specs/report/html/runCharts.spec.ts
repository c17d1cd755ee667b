import { describe, expect, test } from "vitest";
import { OWN_LOSS } from "../../../src/learning/measure/lossMeasure.ts";
import { planLines } from "../../../src/report/html/chart/plot.ts";
import {
  comparesWithTargets,
  deadUnitsChart,
  errorChart,
  gradientChart,
  lossChart,
  renderCharts,
  varianceChart,
} from "../../../src/report/html/runCharts.ts";
import { madeUpProbe, madeUpReport, madeUpRun } from "./madeUpCheck.ts";

const { subject } = madeUpReport();
const shown = (run = madeUpRun) => ({ name: "this run", subject, run });

function chartOf(losses: number[], targetVariance = 0.25) {
  const trace = { ...madeUpRun.trace, losses };
  return lossChart(
    [shown({ ...madeUpRun, trace, train: { ...madeUpRun.train, targetVariance } })],
    losses.length,
  );
}

describe("a loss chart", () => {
  test("begins on a logarithmic axis, with the line of Var(Y)", () => {
    const plot = planLines(chartOf([0.5, 0.1, 0.01]));

    expect(plot).toMatchObject({ startsLog: true, lineName: "Var(Y)", xName: "step" });
    expect(plot.log?.line).toBeGreaterThan(0);
  });

  test("has no line of Var(Y) where that is 0, which a logarithmic axis cannot show", () => {
    expect(planLines(chartOf([0.5, 0.1], 0)).log?.line).toBeNull();
  });

  test.each([[[]], [[0, 0, 0]], [[1, Number.NaN]], [[-1, -2]], [[1e-38, 1e38]]])(
    "of %j is drawn",
    (losses) => {
      expect(planLines(chartOf(losses)).linear.paths.join("")).not.toMatch(/NaN|Infinity/);
    },
  );
});

test("outputs that their own loss judges are compared with no targets", () => {
  const outputs = madeUpRun.train.outputs.map((output) => ({ ...output, measured: { name: OWN_LOSS } }));
  const judged = { ...madeUpRun, train: { ...madeUpRun.train, outputs } } as unknown as typeof madeUpRun;

  expect(comparesWithTargets(madeUpRun)).toBe(true);
  expect(comparesWithTargets(judged)).toBe(false);
});

describe("the charts of a run", () => {
  const probes = [madeUpProbe(0, { varianceRatio: 1 }), madeUpProbe(2, { varianceRatio: 0 })];
  // A model that predicts its targets, on the examples that probes look at.
  const train = { ...madeUpRun.train, predictions: subject.train.targets };
  const run = { ...madeUpRun, train, trace: { ...madeUpRun.trace, probes }, steps: 150 };
  const charts = [
    errorChart([shown(run)], 150),
    varianceChart([shown(run)], 0.05, 150),
    gradientChart(run, 150),
    deadUnitsChart(run, 150),
    lossChart([shown(run)], 150),
  ];

  test("have one x axis", () => {
    for (const chart of charts) expect(chart && planLines(chart).xEnds).toEqual([0, 150]);
  });

  test("end with what the finished model was found to do", () => {
    const last = charts[0]?.series[0]?.points.at(-1);

    expect(last).toEqual([150, 0]);
  });

  test("show eight of many layers, the first and the last among them, and say so", () => {
    const layers = Array.from({ length: 60 }, (_, index) => ({
      layer: `layer${index}`,
      gradientNorm: 1,
      updateRatio: 1,
      deadFraction: null,
      trainable: true,
    }));
    const deep = { ...run, trace: { ...run.trace, probes: [{ ...madeUpProbe(0), layers }] } };

    const names = gradientChart(deep, 150).series.map(({ name }) => name);

    expect(names).toHaveLength(8);
    expect([names[0], names.at(-1)]).toEqual(["layer0", "layer59"]);
    const html = renderCharts([shown(deep)], { steps: 150, threshold: 0.05 });
    expect(html).toContain("8 of 60 layers are shown.");
    // The twin: where all are shown, nothing is said.
    expect(renderCharts([shown(run)], { steps: 150, threshold: 0.05 })).not.toContain("layers are shown");
  });
});
