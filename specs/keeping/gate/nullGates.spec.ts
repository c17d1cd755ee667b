import { beforeAll, describe, expect, test } from "vitest";
import { runNullGate } from "../../../scripts/campaign/nullGates.ts";
import { FALSE_ALARMS } from "../../../src/keeping/gate/comparing/plan.ts";
import type { Measurement } from "../../../src/keeping/gate/measurement/measurement.ts";
import { readBaselines } from "../../../src/keeping/gate/readBaselines.ts";

/** A small part of the nightly count. */
const GATES = 40;

let pools: readonly (readonly Measurement[])[];

beforeAll(async () => {
  pools = (await readBaselines("fixtures/baselines", "wasm")).map(({ measurements }) => measurements);
});

async function countAlarms(falseAlarms: number): Promise<number> {
  let alarms = 0;
  for (let index = 1; index <= GATES; index++)
    if ((await runNullGate(pools, index, falseAlarms)).regressed.length > 0) alarms++;
  return alarms;
}

describe("gates drawn from recorded runs, in which nothing got worse,", () => {
  test("hold; and they would not, if they were to be wrong every second time", async () => {
    expect(await countAlarms(FALSE_ALARMS)).toBe(0);
    expect(await countAlarms(0.5)).toBeGreaterThan(0);
  });
});
