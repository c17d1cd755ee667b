// Some scripts give fit its training rows for validation, to lay training and evaluation side by side, and then ask new rows.

import { beforeAll, expect, test } from "vitest";
import { checkLaws } from "../../../src/judging/law/checkLaws.ts";
import { heldOutIsNew } from "../../../src/judging/law/heldOutIsNew.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import type { Subject } from "../../../src/learning/subject/subject.ts";
import { askedSubject, turned } from "../../claims/askedSubjects.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const { thresholds } = parseConfig({ subject: "dense" });

/** What is said of a subject that holds rows out which it was trained on. */
async function saidOf(subject: Subject) {
  const { run, findings } = await trainAndDiagnose(subject, { thresholds });
  const { laws, notAsked } = await checkLaws(subject, {
    thresholds,
    bitExact: true,
    laws: [heldOutIsNew],
    run,
  });
  const holds = laws.map(({ holds }) => holds);
  return { holds, reason: notAsked[0]?.reason, causes: findings.map(({ cause }) => cause) };
}

const leaks = { holds: [false], causes: expect.arrayContaining(["train-held-out-leakage"]) };

test("training rows that are held out are no leak where new rows are asked, too, and answered well", async () => {
  const subject = askedSubject(1);
  const { holds, reason, causes } = await saidOf({ ...subject, heldOut: subject.train });

  expect({ holds, causes }).toEqual({ holds: [], causes: [] });
  expect(reason).toContain("all that is held out are training rows");
});

test("they are one where nothing new is asked, or what is asked is answered badly: the twins", async () => {
  const subject = askedSubject(1);
  expect(await saidOf({ ...subject, heldOut: subject.train, asked: undefined })).toMatchObject(leaks);
  const badly = askedSubject(1, { rows: turned });
  expect(await saidOf({ ...badly, heldOut: badly.train })).toMatchObject({ holds: leaks.holds });
});

test("so they are where new rows are held out beside them: the twin", async () => {
  const subject = askedSubject(1);
  const fresh = subject.asked?.[0]?.examples as Examples;
  expect(await saidOf({ ...subject, heldOut: joined(subject.train, fresh) })).toMatchObject(leaks);
});

function joined(a: Examples, b: Examples): Examples {
  const inputs = Float32Array.from([...a.inputs, ...b.inputs]);
  const targets = Float32Array.from([...a.targets, ...b.targets]);
  return { ...a, count: a.count + b.count, inputs, targets };
}
