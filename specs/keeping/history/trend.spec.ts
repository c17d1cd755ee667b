import { describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import type { HistoryLine } from "../../../src/keeping/history/historyLine.ts";
import { changePointsOf, pointsOf, trendsOf } from "../../../src/keeping/history/trend.ts";
import { renderHistory } from "../../../src/report/html/renderHistory.ts";

const FLOOR = 1.25;

function lines(levels: readonly number[], metric = "finalLoss", subject = "tiny"): HistoryLine[] {
  return levels.map((level, at) => ({
    version: 1,
    commit: (at + 1).toString(16).padStart(40, "0"),
    time: new Date(Date.UTC(2026, 0, at + 1)).toISOString(),
    engine: "wasm",
    subjects: [{ subject, digest: null, metrics: { [metric]: { level, ratio: 1, seeds: 6 } } }],
  }));
}

const changes = (history: readonly HistoryLine[]) =>
  trendsOf(pointsOf(history)).flatMap((trend) => changePointsOf(trend, FLOOR));
const times = (count: number, level: number) => Array.from({ length: count }, () => level);

describe("the history", () => {
  test("finds a drift that no single commit shows, and calls it worse", () => {
    const drift = Array.from({ length: 11 }, (_, index) => 0.02 * 1.025 ** index);

    const found = changes(lines(drift));

    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ subject: "tiny", metric: "finalLoss", worse: true });
    expect(found[0]?.ratio).toBeGreaterThan(1.1);
  });

  test("finds a drift in noise, and nothing in the same noise without a drift", () => {
    for (const draw of [1, 2, 3, 4, 5]) {
      const { uniform } = seedStream(draw, "noise of a history");
      // As measured levels scatter: by a few hundredths either way.
      const noise = Array.from({ length: 20 }, () => Math.exp(0.04 * (uniform() - 0.5)));
      const level = (step: number) => noise.map((factor, at) => 0.02 * factor * step ** Math.min(at, 10));

      expect(changes(lines(level(1.03))).filter(({ worse }) => worse).length).toBeGreaterThan(0);
      expect(changes(lines(level(1))).filter(({ worse }) => worse)).toEqual([]);
    }
  });

  test("names the commit from which a loss has another level, and does not call every change worse", () => {
    const step = [...times(10, 0.02), ...times(10, 0.03)];
    const hardly = [...times(10, 0.02), ...times(10, 0.0201)];

    expect(changes(lines(step))).toMatchObject([{ commit: "b".padStart(40, "0"), worse: true }]);
    expect(changes(lines(step)).map(({ ratio }) => ratio)[0]).toBeCloseTo(1.5, 6);
    expect(changes(lines(hardly))).toMatchObject([{ worse: false }]);
    expect(changes(lines(step.toReversed()))).toMatchObject([
      { worse: false, ratio: expect.closeTo(2 / 3, 6) },
    ]);
    expect(changes(lines(times(20, 0.02)))).toEqual([]);
  });

  test("knows that more examples memorised are better", () => {
    expect(changes(lines([...times(10, 20), ...times(10, 5)], "memorises"))).toMatchObject([
      {
        before: expect.closeTo(20, 6),
        after: expect.closeTo(5, 6),
        ratio: expect.closeTo(4, 6),
        worse: true,
      },
    ]);
  });

  test("is drawn as a page whose names are not markup", () => {
    const trends = trendsOf(
      pointsOf(lines([...times(10, 0.02), ...times(10, 0.03)], "finalLoss", "<b>tiny")),
    );
    const page = renderHistory({
      trends,
      changePoints: trends.flatMap((trend) => changePointsOf(trend, FLOOR)),
    });

    expect(page).toContain("<h1>What the gate measured over 20 commits</h1>");
    expect(page).toContain("&lt;b&gt;tiny, on wasm");
    expect(page).not.toContain("<b>tiny");
    expect(page).toContain("<svg");
    expect(page).toContain("00000000000b".slice(0, 4));
  });
});
