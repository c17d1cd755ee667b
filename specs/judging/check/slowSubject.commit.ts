import { beforeAll, expect, test } from "vitest";
import { estimateCheck } from "../../../src/judging/check/estimate.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { expectCutShort, slow } from "./slowSubject.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

test("a run too long for four seconds is judged on the steps that fit", () => expectCutShort(4));

test("an estimate of slow steps makes few of them, and foretells hours", async () => {
  const estimate = await estimateCheck(await createSubject(slow.config()));

  expect(estimate.learns).toBeGreaterThan(60);
  expect(estimate.fails).toBeGreaterThan(estimate.learns);
});
