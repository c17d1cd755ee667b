import { beforeAll, describe, expect, test } from "vitest";
import { checkLaws } from "../../../src/judging/law/checkLaws.ts";
import { laws } from "../../../src/judging/law/laws.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { brokenSubjects, healthySubject } from "../../claims/brokenSubjects.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

const SEED = 1;

/**
 * Laws that are asked of windows of a series, of tables or of frozen layers alone, or where outputs do not fit; the
 * healthy network sees pictures.
 */
const NOT_ASKED = new Set([
  "targetsAreNotInputs",
  "beatsPersistence",
  "outputsFitTargets",
  "usesItsInputs",
  "frozenStays",
]);
const options = { thresholds: parseConfig({}).thresholds, bitExact: true };

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("every law", () => {
  test(`holds of a healthy network, seed ${SEED}`, async () => {
    const check = await checkLaws(healthySubject(SEED), options);

    expect(check.laws.filter(({ holds }) => !holds)).toEqual([]);
    expect(check.laws.map(({ name }) => name)).toEqual(
      laws.map(({ name }) => name).filter((name) => !NOT_ASKED.has(name)),
    );
    expect(new Set(check.notAsked.map(({ name }) => name))).toEqual(NOT_ASKED);
    expect(check.notAsked.filter(({ reason }) => reason.length < 10)).toEqual([]);
    expect(check.verdict).toBe("learns");
  });

  test("has a twin that breaks it", () => {
    const caught = new Set(brokenSubjects.map(({ caughtBy }) => caughtBy));

    expect(laws.map(({ name }) => name).filter((name) => !caught.has(name))).toEqual([]);
  });

  test.each(brokenSubjects)("$caughtBy catches $fault, seed 1", async ({ caughtBy, build }) => {
    const check = await checkLaws(build(SEED), {
      ...options,
      laws: laws.filter(({ name }) => name === caughtBy),
    });

    expect(check.laws).toMatchObject([{ name: caughtBy, holds: false }]);
  });
});

describe("laws that cannot be asked", () => {
  test("are left out: one example has no second, no variance and no held-out set", async () => {
    const subject = healthySubject(SEED);
    const one = {
      ...subject,
      train: {
        ...subject.train,
        count: 1,
        inputs: subject.train.inputs.slice(0, 256),
        targets: subject.train.targets.slice(0, 2),
      },
      heldOut: null,
    };

    const check = await checkLaws(one, options);

    expect(check.laws.map(({ name }) => name)).toEqual([
      "overfitsOne",
      "learnsTheSameTwice",
      "lossFits",
      "everyLayerMoves",
      "everyWeightIsTrained",
      "lossStartsRight",
      "evaluationRepeats",
      "resumes",
    ]);
  });
});
