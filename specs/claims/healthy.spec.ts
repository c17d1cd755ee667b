import { test as property } from "@fast-check/vitest";
import { beforeAll, describe, expect } from "vitest";
import { checkLaws } from "../../src/judging/law/checkLaws.ts";
import { laws } from "../../src/judging/law/laws.ts";
import { judge } from "../../src/judging/outcome/verdict.ts";
import { collapsingConfig } from "../../src/lab/arbitrary/collapsingConfig.ts";
import { healthyConfig } from "../../src/lab/arbitrary/healthyConfig.ts";
import { createSubject } from "../../src/learning/subject/createSubject.ts";
import { train } from "../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../engineUnderTest.ts";

/** A fixed sample: `npm run campaign` tries a thousand. */
const few = { numRuns: Number(process.env.LEARNPROOF_RUNS) || 3 };

/** Of series, tables, frozen layers, early stopping or scripts alone, or only where an output has enough examples on both sides. */
const MAY_BE_LEFT_OUT = new Set([
  "targetsAreNotInputs",
  "beatsPersistence",
  "everyOutputFits",
  "outputsFitTargets",
  "usesItsInputs",
  "frozenStays",
  "answersWhatIsAsked",
  "stopsAtItsBest",
]);

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("a healthy config", () => {
  property.prop([healthyConfig()], few)(
    "overfits one example, climbs, varies, beats the mean, generalises, and does so the same twice",
    async (config) => {
      const check = await checkLaws(await createSubject(config), {
        thresholds: config.thresholds,
        bitExact: true,
      });

      expect(check.laws.filter(({ holds }) => !holds)).toEqual([]);
      const asked = new Set(check.laws.map(({ name }) => name));
      expect(
        laws.map(({ name }) => name).filter((name) => !asked.has(name) && !MAY_BE_LEFT_OUT.has(name)),
      ).toEqual([]);
      expect(check.verdict).toBe("learns");
    },
  );
});

// The twin of the laws above: networks as small, on the same pictures.
describe.each(["zero weights", "dead units", "saturated units", "untrained"] as const)(
  "a config that collapses by %s",
  (region) => {
    property.prop([collapsingConfig(region)], { numRuns: 1 })(
      "collapses: it neither varies nor beats the mean",
      async (config) => {
        const run = await train(await createSubject(config), { probes: false });

        expect(judge(run, config.thresholds)).toBe("collapsed");
        expect(run.train.varianceRatio).toBeLessThan(0.01);
        expect(run.train.lossOverVariance).toBeGreaterThan(0.8);
      },
    );
  },
);
