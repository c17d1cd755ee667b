import { beforeAll, expect, test } from "vitest";
import { climbLadder } from "../../../src/judging/ladder/climbLadder.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { defineProduct } from "./ownExamples.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

test("a subject of one's own climbs the ladder, and is widened where it must", async () => {
  const steps = { training: { steps: 200 } };
  const narrow = await climbLadder(defineProduct().config({ model: { units: 1 }, ...steps }));
  const wide = await climbLadder(defineProduct().config(steps));

  expect(wide.verdict).toBe("learns");
  expect(wide.needed.width).toBeLessThan(narrow.needed.width);
});
