import { beforeAll, expect, test } from "vitest";
import { check } from "../../src/judging/check/check.ts";
import { startEngineUnderTest } from "../engineUnderTest.ts";
import { readReportedBugs } from "./reportedBugs.ts";
import { readReportedSubjects } from "./reportedSubjects.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

test.each(readReportedSubjects())(
  "$name is named first and cured, and nothing in the mended program",
  async ({ causes, broken, mended }) => {
    for (const seed of [1, 2, 3]) {
      const found = await check(broken, { seed });
      expect(causes, `seed ${seed}`).toContain(found.cause?.name);
      expect(found.cure, `seed ${seed}`).not.toBeNull();
      expect(await check(mended, { seed }), `seed ${seed}`).toMatchObject({ verdict: "learns", causes: [] });
    }
  },
);

// Seeds that were once judged otherwise.
const SEEDS = { "relu-line": [4, 6, 7], "tfjs-codelab": [1, 4] } as const;

test.each(Object.entries(SEEDS))(
  "%s is cured under every seed, and its mended program accused under none",
  async (name, seeds) => {
    const bug = readReportedBugs().find((one) => one.name === name);
    for (const seed of seeds) {
      expect((await check({ ...bug?.broken }, { seed })).cure, `seed ${seed}`).not.toBeNull();
      expect(await check({ ...bug?.mended }, { seed }), `seed ${seed}`).toMatchObject({
        verdict: "learns",
        causes: [],
      });
    }
  },
);
