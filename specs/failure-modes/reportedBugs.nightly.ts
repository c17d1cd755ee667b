import { beforeAll, expect, test } from "vitest";
import { startEngineUnderTest } from "../engineUnderTest.ts";
import { ask, isNamed, readReportedBugs } from "./reportedBugs.ts";

/** The share of the reported bugs that must be named: nine in ten. */
const NAMED = 0.9;

beforeAll(async () => {
  await startEngineUnderTest();
});

test("nine in ten of the reported bugs are named, and nothing in the mended programs", async () => {
  const bugs = readReportedBugs();
  const missed: string[] = [];
  for (const bug of bugs) {
    const broken = await ask(bug.broken);
    if (!isNamed(bug, broken)) missed.push(`${bug.name}: ${broken.cause}, ${broken.verdict}`);
    expect(await ask(bug.mended), bug.name).toEqual({ verdict: "learns", cause: null });
  }

  expect(missed.length, missed.join("\n")).toBeLessThanOrEqual((1 - NAMED) * bugs.length);
});
