import { isDeepStrictEqual } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { causes } from "../../src/judging/diagnosis/causes.ts";
import { parseConfig } from "../../src/learning/config/parseConfig.ts";
import { startEngineUnderTest } from "../engineUnderTest.ts";
import { ask, isNamed, readReportedBugs } from "./reportedBugs.ts";

const bugs = readReportedBugs();
/** All of them take minutes: reportedBugs.nightly.ts. */
const EVERY = 26;
const some = bugs.filter((_, place) => place % EVERY === 0);

describe("the reported bugs", () => {
  test("are at least forty, and each names causes that exist", () => {
    const names: readonly string[] = causes.map(({ name }) => name);

    expect(bugs.length).toBeGreaterThanOrEqual(40);
    expect(bugs.flatMap((bug) => bug.causes).filter((cause) => !names.includes(cause))).toEqual([]);
  });

  test("are pairs of valid configs that differ", () => {
    const alike = bugs.filter(({ broken, mended }) =>
      isDeepStrictEqual(parseConfig(broken), parseConfig(mended)),
    );

    expect(alike).toEqual([]);
  });
});

describe("a reported bug", () => {
  beforeAll(async () => {
    await startEngineUnderTest();
  });

  test.each(some)("is named in $name, and nothing in the mended program", async (bug) => {
    const broken = await ask(bug.broken);

    expect(isNamed(bug, broken), `got ${broken.cause}, ${broken.verdict}`).toBe(true);
    expect(await ask(bug.mended)).toEqual({ verdict: "learns", cause: null });
  });
});
