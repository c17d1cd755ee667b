import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { checkLaws } from "../../../src/judging/law/checkLaws.ts";
import { learnsTheSameTwice } from "../../../src/judging/law/learnsTheSameTwice.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { defineProduct, products } from "../../learning/subject/ownExamples.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** A clock that a spec can read: each look at it is later than the one before. */
let time = 0;
const clock = () => time++;

async function measure(parts: object) {
  const own = defineProduct({
    name: "twice",
    examples: ({ count }) => products(count),
    data: { examples: 40, heldOut: 10 },
    training: { steps: 10 },
    ...parts,
  });
  const config = own.config();
  const { laws } = await checkLaws(createSubject(config), {
    thresholds: config.thresholds,
    bitExact: true,
    laws: [learnsTheSameTwice],
  });
  return laws[0];
}

describe("trained twice from one seed", () => {
  test("a subject whose examples depend on their request alone learns the same", async () => {
    expect(await measure({})).toMatchObject({ holds: true, measured: 0 });
    expect(await measure({ data: { examples: 40, heldOut: 10, standardiseInputs: true } })).toMatchObject({
      holds: true,
    });
  });

  test.each<[string, object, string]>([
    [
      "training",
      {
        examples: ({ count, set }: { count: number; set: string }) =>
          products(count, set === "train" ? clock() : 0),
      },
      "share of the training examples",
    ],
    [
      "held-out",
      {
        examples: ({ count, set }: { count: number; set: string }) =>
          products(count, set === "train" ? 0 : clock()),
      },
      "share of the held-out examples",
    ],
    [
      "one target",
      {
        examples: ({ count }: { count: number }) => {
          const { inputs, targets } = products(count);
          return { inputs, targets: targets.map((target, row) => (row === 3 ? clock() : target)) };
        },
      },
      "share of the training examples",
    ],
  ])("breaks the law where its %s examples read the clock", async (_what, parts, detail) => {
    const law = await measure(parts);

    expect(law).toMatchObject({ holds: false });
    expect(law?.measured).toBeGreaterThan(0);
    expect(law?.detail).toContain(detail);
  });

  test("breaks the law where it keeps weights that its code draws by itself", async () => {
    // What is drawn after an await is out of reach of the run's seed.
    const buildModel = async () => {
      await Promise.resolve();
      return sequential({
        layers: [layers.dense({ inputShape: [2], units: 1, kernelInitializer: "glorotUniform" })],
      });
    };

    expect(await measure({ buildModel })).toMatchObject({ holds: true });
    const kept = await measure({ buildModel, keepWeights: true });
    expect(kept).toMatchObject({ holds: false });
    expect(kept?.detail).toContain("the model is another one each time it is built");
  });
});
