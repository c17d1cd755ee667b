import { beforeAll, describe, expect, test } from "vitest";
import { checkLaws } from "../../../src/judging/law/checkLaws.ts";
import type { Law } from "../../../src/judging/law/law.ts";
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
  "answersWhatIsAsked",
  "stopsAtItsBest",
]);
/** Laws that look at the subject alone, or train by themselves: the subject's own run may end at once. */
const ASKS_NO_RUN = new Set([
  "targetsDiffer",
  "outputsFitTargets",
  "heldOutIsNew",
  "targetsAreNotInputs",
  "axesAreTrue",
  "everyWeightIsTrained",
  "examplesAreApart",
  "resumes",
]);

/** The law as it is, but that it fails where it asks for the subject's own run after all. */
function withoutRun(law: Law): Law {
  const run = () => Promise.reject(new Error(`${law.name} asks for the subject's own run`));
  return { ...law, measure: (context) => law.measure({ ...context, run }) };
}

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
    const asked = laws.filter(({ name }) => name === caughtBy);
    const briefly = ASKS_NO_RUN.has(caughtBy) && { laws: asked.map(withoutRun), isOver: () => true };
    const check = await checkLaws(build(SEED), { ...options, laws: asked, ...briefly });

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
