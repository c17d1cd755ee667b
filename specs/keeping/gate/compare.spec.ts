import { describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { compare, FEWEST_SEEDS, needsMoreSeeds, UNLIKELY } from "../../../src/keeping/gate/compare.ts";
import type { Measurement } from "../../../src/keeping/gate/measurement/measurement.ts";

/** Seeds as they spread in the baselines: losses by a factor of about three either way. */
function healthy(seed: number, count: number, changes: Partial<Measurement> = {}, factor = 1): Measurement[] {
  const { uniform } = seedStream(seed, "made-up");
  return Array.from({ length: count }, (_, index) => ({
    seed: index + 1,
    verdict: "learns",
    stepsToOverfitOne: Math.round(15 + 20 * uniform()),
    memorises: 20,
    widthNeeded: uniform() < 0.3 ? 0.125 : 0.25,
    finalLoss: factor * 0.002 * 3 ** (2 * uniform() - 1),
    varianceRatio: 0.95 + 0.1 * uniform(),
    heldOutR2: 0.97 + 0.02 * uniform(),
    digest: null,
    curve: [],
    ...changes,
  }));
}

function regressions(baseline: Measurement[], now: Measurement[], likelihood = UNLIKELY): string[] {
  return compare(baseline, now, likelihood)
    .filter(({ kind }) => kind === "regressed")
    .map(({ metric }) => metric.name);
}

describe("the comparison with a baseline", () => {
  test("lets noise pass: 2 of 1,000 fresh sets of seeds at most look changed", () => {
    const baseline = healthy(1, 10);

    const alarms = Array.from({ length: 1000 }, (_, seed) => healthy(seed + 2, 5)).filter(
      (now) => compare(baseline, now, UNLIKELY).length > 0,
    );

    expect(alarms.length).toBeLessThanOrEqual(2);
  });

  test.each([
    ["finalLoss", healthy(2, 5, {}, 10)],
    ["stepsToOverfitOne", healthy(2, 5, { stepsToOverfitOne: 90 })],
    ["stepsToOverfitOne", healthy(2, 5, { stepsToOverfitOne: null })],
    ["memorises", healthy(2, 5, { memorises: 2 })],
    ["memorises", healthy(2, 5, { memorises: 0 })],
    ["widthNeeded", healthy(2, 5, { widthNeeded: 1 })],
    ["varianceRatio", healthy(2, 5, { varianceRatio: 0.6 })],
    ["varianceRatio", healthy(2, 5, { varianceRatio: 1.6 })],
    ["heldOutR2", healthy(2, 5, { heldOutR2: 0.9 })],
    ["finalLoss", healthy(2, 5, { finalLoss: null })],
    ["learns", healthy(2, 5, { verdict: "stalled" })],
  ])("sees by five seeds that %s is worse, and the other way round that it is better", (metric, now) => {
    const baseline = healthy(1, 10);

    expect(regressions(baseline, now)).toEqual([metric]);
    expect(compare(now, baseline, UNLIKELY)).toContainEqual(
      expect.objectContaining({ metric: expect.objectContaining({ name: metric }), kind: "improved" }),
    );
  });

  test("takes no difference for a change that nobody would care about, however certain", () => {
    const baseline = healthy(1, 10, {
      finalLoss: 0.002,
      heldOutR2: 0.98,
      stepsToOverfitOne: 20,
      widthNeeded: 0.25,
    });
    const now = healthy(2, 10, {
      finalLoss: 0.003,
      heldOutR2: 0.97,
      stepsToOverfitOne: 24,
      widthNeeded: 0.25,
    });

    expect(compare(baseline, now, UNLIKELY)).toEqual([]);
  });

  test("says how much: the geometric mean of losses, and a chance", () => {
    const baseline = healthy(1, 10, { finalLoss: 0.001 });
    const now = [...healthy(2, 5, { finalLoss: 0.1 }), ...healthy(3, 5, { finalLoss: 0.001 })];

    const [change] = compare(baseline, now, 0.05);

    expect(change).toMatchObject({ metric: { name: "finalLoss" }, kind: "regressed" });
    expect(change?.baseline).toBeCloseTo(0.001, 10);
    expect(change?.now).toBeCloseTo(0.01, 10);
    // Of C(20, 10) ways to deal 5 bad values, those that deal all of them to one side: 252 × 60 and so on.
    expect(change?.p).toBeCloseTo(0.0163, 2);
  });

  test("fails for two lost seeds of ten where the baseline lost none, and not for one", () => {
    const lost = (count: number) => [
      ...healthy(2, 10 - count),
      ...healthy(3, count, { verdict: "collapsed" }),
    ];
    const baseline = healthy(1, 10);

    expect(regressions(baseline, lost(2))).toEqual(["learns"]);
    expect(regressions(baseline, lost(1))).toEqual([]);
    expect(needsMoreSeeds(baseline, lost(1))).toBe(true);
    expect(needsMoreSeeds(baseline, healthy(4, 5))).toBe(false);
    expect(needsMoreSeeds(baseline, healthy(4, 5, { verdict: "stalled" }))).toBe(false);
  });

  test("fails for four seeds that fall off the ladder where none of the baseline's did, and not for three", () => {
    const fallen = (count: number) => [
      ...healthy(2, 10 - count),
      ...healthy(3, count, { memorises: 10, widthNeeded: null }),
    ];
    const baseline = healthy(1, 10);

    expect(regressions(baseline, fallen(4))).toEqual(["memorises"]);
    expect(regressions(baseline, fallen(3))).toEqual([]);
    expect(regressions(fallen(1), fallen(4))).toEqual([]);
    expect(needsMoreSeeds(baseline, fallen(1))).toBe(true);
  });

  test("can fail by a difference of means with the fewest seeds that a baseline may have, and not with five", () => {
    const worse = { finalLoss: 1 };

    expect(regressions(healthy(1, FEWEST_SEEDS), healthy(2, FEWEST_SEEDS, worse))).toEqual(["finalLoss"]);
    expect(regressions(healthy(1, 5), healthy(2, 5, worse))).toEqual([]);
  });

  test("of a metric that one side lacks says nothing", () => {
    const without = healthy(1, 10, { heldOutR2: null });

    expect(compare(without, healthy(2, 5, { heldOutR2: 0 }), UNLIKELY)).toEqual([]);
  });

  test("gives the same answer twice", () => {
    const [baseline, now] = [healthy(1, 10), healthy(2, 5, {}, 4)];

    expect(compare(baseline, now, UNLIKELY)).toEqual(compare(baseline, now, UNLIKELY));
  });
});
