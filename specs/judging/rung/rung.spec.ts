import { beforeAll, describe, expect, test } from "vitest";
import { checkLaws } from "../../../src/judging/law/checkLaws.ts";
import { overfitsTwo } from "../../../src/judging/law/overfitsTwo.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** The steps that each attempt at the second rung took, and whether it was climbed. */
async function climbSecond(model: object, learningRate: number) {
  const config = parseConfig({
    subject: "dense",
    model: { hidden: [{ units: 8, activation: "relu" }], ...model },
    data: { examples: 20, heldOut: 0 },
    training: { steps: 10, optimizer: { learningRate } },
  });
  const attempts: number[] = [];
  const { laws } = await checkLaws(await createSubject(config), {
    thresholds: config.thresholds,
    bitExact: true,
    laws: [overfitsTwo],
    onProgress: ({ step, steps }) => {
      // The subject's own run, of ten steps, is asked behind the first attempt that failed.
      if (steps <= 10 || step === 0) return;
      if (step === 1) attempts.push(0);
      attempts[attempts.length - 1] = step;
    },
  });
  return { attempts, holds: laws[0]?.holds };
}

describe("a rung", () => {
  test("is left after 100 steps where the network predicts one constant, and tried from other seeds", async () => {
    expect(await climbSecond({ kernelInitializer: "zeros" }, 0.01)).toEqual({
      attempts: [100, 100, 100],
      holds: false,
    });
  });

  test("has all its steps where predictions still vary, however wrong: the twin", async () => {
    expect(await climbSecond({}, 0)).toEqual({ attempts: [400, 400, 400], holds: false });
  });

  test("is left as soon as it is climbed", async () => {
    const { attempts, holds } = await climbSecond({}, 0.03);

    expect(holds).toBe(true);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toBeLessThan(400);
  });
});
