import { beforeAll, expect, inject, type TestContext, test } from "vitest";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { claims } from "../claims.ts";
import { type PartResult, runPart } from "../runPart.ts";

declare module "vitest" {
  interface TaskMeta {
    /** The part's result, which the campaign's reporter summarises. */
    campaign?: PartResult;
  }
}

const HOUR_MS = 3_600_000;
const part = inject("part");

beforeAll(async () => {
  await startEngine({ name: "wasm" });
});

test.for(claims)(
  `$name, campaign ${part.campaign}`,
  { timeout: HOUR_MS },
  async (claim, { task }: TestContext) => {
    const result = await runPart(claim, part);

    task.meta.campaign = result;
    expect(result.refuted, JSON.stringify(result.exceptions)).toBe(false);
  },
);
