import { describe, expect, test } from "vitest";
import { causes } from "../../../src/judging/diagnosis/causes.ts";
import type { MutantResult } from "../../../src/lab/calibration/calibrate.ts";
import { healthyConfigs } from "../../../src/lab/calibration/healthyConfigs.ts";
import { mutations } from "../../../src/lab/calibration/mutations.ts";
import { summarise } from "../../../src/lab/calibration/summary.ts";

const [box] = healthyConfigs(1, 1);

const mutant: MutantResult = {
  mutation: "zeros",
  of: 0,
  caught: true,
  verdict: "collapsed",
  brokenLaws: ["predictionsVary", "beatsTheMean"],
  cause: "symmetric-initialisation",
  healthyError: 0.01,
  mutantError: 1,
  isHarmful: true,
  isNamed: true,
};
const judgement = { caught: false, verdict: "learns", brokenLaws: [], cause: null } as const;
const accused = { ...judgement, config: box as NonNullable<typeof box> };
const healthy = [accused];

describe("a calibration", () => {
  test("holds where every harmful mutant is caught and named, and nothing healthy accused", () => {
    const summary = summarise({ healthy, mutants: [mutant, { ...mutant, isHarmful: false, caught: false }] });

    expect(summary).toMatchObject({
      mutants: 1,
      killed: 1,
      named: 1,
      harmless: 1,
      healthy: 1,
      falseAlarms: 0,
      holds: true,
    });
    expect(summary.rows).toMatchObject([
      { mutation: "zeros", mutants: 2, harmful: 1, laws: { predictionsVary: 1 } },
    ]);
  });

  test.each([
    ["a harmful mutant is missed", { healthy, mutants: [{ ...mutant, caught: false }] }],
    ["more than one in ten is misnamed", { healthy, mutants: [mutant, { ...mutant, isNamed: false }] }],
    ["a healthy config is accused", { healthy: [{ ...accused, caught: true }], mutants: [mutant] }],
  ])("does not hold where %s", (_, calibration) => {
    expect(summarise(calibration).holds).toBe(false);
  });
});

describe("the mutations", () => {
  test("are seventy and more, differently named, with causes that exist", () => {
    const names: readonly string[] = causes.map(({ name }) => name);

    expect(new Set(mutations.map(({ name }) => name)).size).toBe(mutations.length);
    expect(mutations.length).toBeGreaterThanOrEqual(70);
    expect(
      mutations.flatMap((mutation) => mutation.causes).filter((cause) => !names.includes(cause)),
    ).toEqual([]);
  });

  test.each(mutations)("$name makes a subject of one healthy config or the other", (mutation) => {
    const configs = healthyConfigs(24, 2);

    expect(configs.some((config) => mutation.mutate(config) !== null)).toBe(true);
  });
});
