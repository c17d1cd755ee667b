import { beforeAll, expect, test } from "vitest";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { expectCutShort } from "./slowSubject.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

test("a run too long for a quarter of a minute is judged on the steps that fit", async () => {
  expect.hasAssertions();
  await expectCutShort(15);
});
