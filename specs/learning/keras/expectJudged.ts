import { join } from "node:path";
import { expect } from "vitest";
import { runCheck } from "../../../src/judging/check/check.ts";
import { summariseCheck } from "../../../src/judging/check/summariseCheck.ts";
import type { Expectation } from "./judged.ts";

/** Checks a captured program, and expects its verdict and cause. */
export async function expectJudged(name: string, { verdict, causes }: Expectation): Promise<void> {
  const folder = join("fixtures", "keras", "captured", name);
  const result = summariseCheck(await runCheck(folder, { cures: false }));
  expect(result.verdict).toBe(verdict);
  if (causes.length === 0) expect(result.cause).toBeNull();
  else {
    expect(causes).toContain(result.cause?.name);
    expect(result.cause?.source?.file).toBe(`${name}.py`);
  }
}
