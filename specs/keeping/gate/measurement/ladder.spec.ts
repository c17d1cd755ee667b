import { beforeAll, describe, expect, test } from "vitest";
import { climbLadder, widthNeeded } from "../../../../src/keeping/gate/measurement/ladder.ts";
import { parseConfig } from "../../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";
import { tinyConfig } from "../tinyConfig.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("the ladder", () => {
  test("is climbed by what learns, which could be narrower", async () => {
    const config = parseConfig(tinyConfig());

    const climb = await climbLadder(await createSubject(config));
    const share = await widthNeeded(config, climb);

    expect(climb.memorises).toBe(20);
    expect(climb.stepsToOverfitOne).toBeGreaterThan(1);
    expect(climb.stepsToOverfitOne).toBeLessThan(60);
    expect([1 / 16, 1 / 8]).toContain(share);
  });

  test("ends at its second rung for weights of zero, which tell no two examples apart", async () => {
    const config = parseConfig(tinyConfig({ kernelInitializer: "zeros" }));

    const climb = await climbLadder(await createSubject(config));

    expect(climb.memorises).toBe(1);
    expect(await widthNeeded(config, climb)).toBeNull();
  });

  test("has no more rungs than there are examples", async () => {
    const { data, ...rest } = tinyConfig();
    const config = parseConfig({ ...rest, data: { ...data, examples: 3 } });

    const climb = await climbLadder(await createSubject(config));

    expect(climb.memorises).toBe(2);
    expect(await widthNeeded(config, climb)).not.toBeNull();
  });
});
