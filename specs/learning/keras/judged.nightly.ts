import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runCheck } from "../../../src/judging/check/check.ts";
import { expectJudged } from "./expectJudged.ts";
import { expectations } from "./judged.ts";

const captured = join("fixtures", "keras", "captured");
const long = Object.entries(expectations).filter(([, { long = false }]) => long);

it.each(long)("judges %s as it learns", expectJudged, 900_000);

// Their laws ask what a series of few steps cannot show: only that they are judged is asked of them.
it.each(readdirSync(captured).filter((name) => !(name in expectations)))(
  "judges %s without an error",
  async (name) => {
    const { examination } = await runCheck(join(captured, name), { cures: false });
    expect(examination.laws.length).toBeGreaterThan(0);
  },
  900_000,
);
