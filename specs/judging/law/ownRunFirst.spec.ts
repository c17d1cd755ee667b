import { beforeAll, expect, test } from "vitest";
import { checkLaws } from "../../../src/judging/law/checkLaws.ts";
import { climbs } from "../../../src/judging/law/climbs.ts";
import { overfitsOne } from "../../../src/judging/law/overfitsOne.ts";
import { overfitsTwo } from "../../../src/judging/law/overfitsTwo.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { broken, healthy } from "../../failure-modes/healthy.ts";

let bitExact: boolean;
beforeAll(async () => {
  ({ bitExact } = await startEngineUnderTest());
});

const rungs = [overfitsOne, overfitsTwo, climbs];

/** Which of the three rungs hold, and which of them trained. */
async function measured(config: object, asksOwnRunFirst: boolean) {
  const parsed = parseConfig(config);
  const trained = new Set<string>();
  const { laws } = await checkLaws(createSubject(parsed), {
    thresholds: parsed.thresholds,
    bitExact,
    laws: rungs,
    asksOwnRunFirst,
    onProgress: ({ task }) => trained.add(task),
  });
  const holds = laws.map(({ holds }) => holds);
  return { holds, trained: rungs.filter(({ name }) => trained.has(name)).length };
}

test("a run that knows the examples of the rungs makes their training needless", async () => {
  expect(await measured(healthy, false)).toEqual({ holds: [true, true, true], trained: 3 });
  // The first law makes the subject's own run, under its name.
  expect(await measured(healthy, true)).toEqual({ holds: [true, true, true], trained: 1 });
});

test("a run that knows them not is judged by that training all the same: the twin", async () => {
  const config = broken({ model: { kernelInitializer: "zeros" } });
  const before = await measured(config, false);

  expect(before.holds).toContain(false);
  expect(await measured(config, true)).toEqual(before);
});
