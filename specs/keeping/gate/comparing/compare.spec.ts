import { describe, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { type Comparison, compare } from "../../../../src/keeping/gate/comparing/compare.ts";
import { metrics } from "../../../../src/keeping/gate/comparing/metrics.ts";
import { FALSE_ALARMS, levelOf, looksUpTo, type Plan } from "../../../../src/keeping/gate/comparing/plan.ts";
import type { Measurement } from "../../../../src/keeping/gate/measurement/measurement.ts";

const PLAN: Plan = { falseAlarms: FALSE_ALARMS, subjects: 1, floor: 1.25, looks: looksUpTo(64) };
const LAST = PLAN.looks.length - 1;

interface Spoilt extends Partial<Omit<Measurement, "ladder">> {
  readonly ladder?: Partial<NonNullable<Measurement["ladder"]>>;
}

/**
 * Seeds as they spread in baselines: losses by a factor of about two either way.
 *
 * @param draw of two draws the measurements have nothing in common.
 */
function healthy(
  draw: number,
  count: number,
  { ladder, ...changes }: Spoilt = {},
  factor = 1,
): Measurement[] {
  const { uniform } = seedStream(draw, "made-up");
  return Array.from({ length: count }, (_, index) => {
    const climbed = {
      stepsToOverfitOne: Math.round(15 + 20 * uniform()),
      memorises: 20,
      widthNeeded: uniform() < 0.3 ? 0.125 : 0.25,
      ...ladder,
    };
    return {
      seed: index + 1,
      verdict: "learns",
      finalLoss: factor * 0.02 * 2 ** (2 * uniform() - 1),
      varianceRatio: 0.95 + 0.1 * uniform(),
      heldOutError: 0.05 * 2 ** (2 * uniform() - 1),
      digest: null,
      curve: [],
      ...changes,
      ladder: index < (count > 64 ? 24 : 12) ? climbed : null,
    };
  });
}

/** Other seeds, which the baseline lacks. */
const elsewhere = (measurements: Measurement[]) =>
  measurements.map((one) => ({ ...one, seed: one.seed + 1000 }));

function named(comparisons: readonly Comparison[], wanted: Comparison["kind"]): string[] {
  return comparisons.filter(({ kind }) => kind === wanted).map(({ metric }) => metric.name);
}

const row = (comparisons: readonly Comparison[], name: string) =>
  comparisons.find(({ metric }) => metric.name === name);

const baseline = healthy(1, 128);

describe("the error rate", () => {
  test.each([1, 6, 40])("of all metrics and looks of %i subjects is what was set", (subjects) => {
    const plan = { ...PLAN, subjects };
    const ladder = metrics.filter((metric) => metric.ladder);
    const spent = metrics
      .filter((metric) => !metric.ladder)
      .flatMap((metric) => plan.looks.map((_, look) => levelOf(metric, plan, look)));
    // The third look of the ladder repeats the second.
    const onLadder = ladder.flatMap((metric) => [0, 1].map((look) => levelOf(metric, plan, look)));

    const all = [...spent, ...onLadder].reduce((sum, level) => sum + level, 0);
    expect(all * subjects).toBeCloseTo(FALSE_ALARMS, 10);
    expect(ladder).toHaveLength(3);
  });
});

describe("the comparison with a baseline", () => {
  test("lets noise pass at every look, of the baseline's seeds and of others", () => {
    for (let draw = 2; draw < 12; draw++)
      for (const [look, count] of PLAN.looks.entries()) {
        const now = healthy(draw, count);
        const changed = [now, elsewhere(now)].flatMap((one) =>
          compare(baseline, one, PLAN, look).filter(({ kind }) => kind !== "holds" && kind !== "unclear"),
        );
        expect(changed.map(({ metric }) => metric.name)).toEqual([]);
      }
  });

  test.each<[string, Spoilt]>([
    ["stepsToOverfitOne", { ladder: { stepsToOverfitOne: 90 } }],
    ["stepsToOverfitOne", { ladder: { stepsToOverfitOne: null } }],
    ["memorises", { ladder: { memorises: 2 } }],
    ["memorises", { ladder: { memorises: 0 } }],
    ["widthNeeded", { ladder: { widthNeeded: 1 } }],
    ["varianceRatio", { varianceRatio: 0.6 }],
    ["varianceRatio", { varianceRatio: 1.6 }],
    ["varianceRatio", { varianceRatio: null }],
    ["heldOutError", { heldOutError: 0.3 }],
    ["heldOutError", { heldOutError: null }],
    ["finalLoss", { finalLoss: 0.2 }],
    ["finalLoss", { finalLoss: null }],
    ["learns", { verdict: "stalled" }],
  ])(
    "sees by 24 seeds that %s is worse by %j, and the other way round that it is better",
    (metric, changes) => {
      const now = healthy(2, 24, changes);

      expect(named(compare(baseline, now, PLAN, 1), "regressed")).toEqual([metric]);
      expect(named(compare(baseline, elsewhere(now), PLAN, 1), "regressed")).toEqual([metric]);
      expect(named(compare(healthy(2, 128, changes), healthy(1, 24), PLAN, 1), "improved")).toEqual([metric]);
    },
  );

  test("sees by six seeds that nothing learns any more, and by one lost seed nothing yet", () => {
    const lost = compare(baseline, healthy(2, 6, { verdict: "collapsed" }), PLAN, 0);
    const one = [...healthy(2, 6).slice(1), ...healthy(3, 1, { verdict: "collapsed" })];
    const single = compare(baseline, one, PLAN, 0);

    expect(named(lost, "regressed")).toEqual(["learns"]);
    expect(row(single, "learns")).toMatchObject({ kind: "unclear", settled: false });
  });

  test("of pairs that are alike is settled at once, and says 1 to 1", () => {
    const comparisons = compare(baseline, baseline.slice(0, 6), PLAN, 0);

    expect(comparisons.every(({ settled }) => settled)).toBe(true);
    expect(row(comparisons, "finalLoss")).toMatchObject({ ratio: 1, interval: [1, 1], p: 1, paired: true });
  });

  test("of pairs that have a seed's luck in common finds what it cannot find of other seeds", () => {
    const now = baseline.slice(0, 64).map((one, at) => ({
      ...one,
      finalLoss: (one.finalLoss ?? 0) * (at % 2 === 0 ? 1.1 : 1.3),
    }));

    const paired = row(compare(baseline, now, PLAN, LAST), "finalLoss");
    const unpaired = row(compare(baseline, elsewhere(now), PLAN, LAST), "finalLoss");

    expect(paired).toMatchObject({ kind: "regressed", paired: true });
    expect(paired?.ratio).toBeCloseTo(Math.sqrt(1.1 * 1.3), 3);
    expect(unpaired).toMatchObject({ kind: "unclear", paired: false });
    expect(paired?.power.detects).toBeLessThan(unpaired?.power.detects ?? 0);
  });

  test("takes no difference for a change that nobody would care about, however certain, unless the floor is lower", () => {
    const now = baseline.slice(0, 64).map((one) => ({ ...one, finalLoss: (one.finalLoss ?? 0) * 1.08 }));

    expect(row(compare(baseline, now, PLAN, LAST), "finalLoss")).toMatchObject({ kind: "holds" });
    expect(row(compare(baseline, now, { ...PLAN, floor: 1.1 }, LAST), "finalLoss")).toMatchObject({
      kind: "regressed",
    });
  });

  test("gives notice of a difference between losses that are both negligible, and fails for one that is not", () => {
    const tiny = healthy(1, 128, { finalLoss: 1e-4 });

    expect(named(compare(tiny, healthy(1, 24, { finalLoss: 8e-4 }), PLAN, 1), "notice")).toEqual([
      "finalLoss",
    ]);
    expect(named(compare(tiny, healthy(1, 24, { finalLoss: 3e-3 }), PLAN, 1), "regressed")).toEqual([
      "finalLoss",
    ]);
  });

  test("takes a slight change of all seeds and one that failed for no change that matters", () => {
    const now = baseline.slice(0, 64).map(
      (one, index): Measurement => ({
        ...one,
        finalLoss: (one.finalLoss ?? 0) * (index === 5 ? 1e6 : 1.02),
        ladder: index < 12 ? one.ladder : null,
      }),
    );

    const loss = row(compare(baseline, now, PLAN, LAST), "finalLoss");
    expect(loss?.p).toBeLessThan(1e-6);
    expect(loss?.ratio).toBeGreaterThan(1.2);
    expect(loss?.kind).not.toBe("regressed");
  });

  test("compares the errors near the end where both sides have them, and else the final ones on both", () => {
    const late = (measurements: readonly Measurement[], factor: number): Measurement[] =>
      measurements.map((one) => ({
        ...one,
        lateLoss: factor * (one.finalLoss ?? 0),
        lateHeldOutError: 0.05,
      }));
    const now = healthy(2, 64);

    const both = row(compare(late(baseline, 1), late(now, 2), PLAN, LAST), "finalLoss");
    expect(both?.kind).toBe("regressed");
    for (const [before, after] of [
      [baseline, late(now, 2)],
      [late(baseline, 2), now],
    ] as const)
      expect(row(compare(before, after, PLAN, LAST), "finalLoss")?.kind).not.toBe("regressed");
  });

  test("of a metric that one side lacks says nothing", () => {
    const { heldOutError: _, ...bare } = baseline[0] as Measurement;
    const without = Array.from({ length: 48 }, (_, at) => ({ ...bare, seed: at + 1 }));

    expect(
      row(compare(without, healthy(2, 6, { heldOutError: 9 }), PLAN, 0), "heldOutError"),
    ).toBeUndefined();
  });

  test("gives the same answer twice", () => {
    const now = healthy(2, 24, {}, 4);

    expect(compare(baseline, now, PLAN, 1)).toEqual(compare(baseline, now, PLAN, 1));
  });
});
