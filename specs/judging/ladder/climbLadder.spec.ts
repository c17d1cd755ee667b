import { beforeAll, describe, expect, test } from "vitest";
import { climbLadder } from "../../../src/judging/ladder/climbLadder.ts";
import { grow } from "../../../src/judging/ladder/grow.ts";
import { sweepAlpha } from "../../../src/judging/ladder/sweepAlpha.ts";
import { parseConfig } from "../../../src/learning/config/parseConfig.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { broken, healthy } from "../../failure-modes/healthy.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

describe("the ladder", () => {
  test("is climbed by a network that learns, as wide as it is written", async () => {
    const ladder = await climbLadder(parseConfig(broken({ data: { examples: 100, heldOut: 50 } })));

    expect(ladder).toMatchObject({
      verdict: "learns",
      generalises: true,
      needed: { width: 1, layers: 0 },
      findings: [],
    });
    expect(ladder.rungs.map(({ examples }) => examples)).toEqual([1, 2, 3, 5, 10, 20, 50, 100]);
    expect(ladder.rungs.every(({ verdict, odd }) => verdict === "learns" && odd.length === 0)).toBe(true);
  });

  test("grows a network that is too narrow, and says by how much", async () => {
    const narrow = broken({
      model: { hidden: [{ units: 1, activation: "tanh" }], outputs: 2 },
      data: { formula: ["x0 * x1", "x0 - x1"], examples: 10 },
    });

    const ladder = await climbLadder(parseConfig(narrow));

    expect(ladder.needed.width * (1 + ladder.needed.layers)).toBeGreaterThan(1);
    expect(ladder.rungs[0]).toMatchObject({ width: 1, layers: 0, verdict: "learns" });
    expect(ladder.rungs.at(-1)?.width).toBe(ladder.needed.width);
  });

  test("stops at the second example under weights of 0, which no capacity cures, and names the cause", async () => {
    const ladder = await climbLadder(
      parseConfig(
        broken({
          model: { kernelInitializer: "zeros", hidden: [{ units: 2, activation: "relu" }] },
          data: { examples: 4 },
        }),
      ),
    );

    expect(ladder.rungs.map(({ examples }) => examples)).toEqual([1, 2]);
    expect(ladder).toMatchObject({ verdict: "collapsed", generalises: null });
    expect(ladder.findings[0]?.cause).toBe("symmetric-initialisation");
  });
});

describe("a network grows", () => {
  test("in width and in depth, never in its outputs", () => {
    const config = parseConfig(healthy);

    expect(grow(config, { width: 4, layers: 1 })?.model).toMatchObject({
      hidden: [{ units: 64 }, { units: 64 }],
      outputs: 1,
    });
    expect(grow(parseConfig({}), { width: 2, layers: 1 })?.model).toMatchObject({
      filters: [64, 128, 256],
      hiddenUnits: [200, 200],
    });
  });

  test("no further than a config may ask for", () => {
    const config = parseConfig(broken({ model: { hidden: [{ units: 8000, activation: "relu" }] } }));

    expect(grow(config, { width: 8, layers: 0 })).toBeNull();
  });
});

describe("the sweep over alpha", () => {
  const sweepUnder = (training: object) =>
    sweepAlpha(
      parseConfig(
        broken({
          model: { outputActivation: "sigmoid" },
          data: { formula: ["0.5 + 0.4 * x0 * x1"] },
          training: { loss: { name: "mse+msle" }, steps: 150, ...training },
        }),
      ),
    );

  // Plain gradient descent is too slow here without the term, whose gradient is the larger one.
  test("finds an alpha that helps where the plain error alone does not learn in time", async () => {
    const { alphas, best, helps } = await sweepUnder({ optimizer: { name: "sgd", learningRate: 0.01 } });

    const verdicts = new Map(alphas.map(({ alpha, verdict }) => [alpha, verdict]));
    expect([...verdicts.keys()]).toEqual([0, 0.5, 1, 2, 5, 10, 20, 50]);
    expect([verdicts.get(0), verdicts.get(50)]).toEqual(["stalled", "learns"]);
    expect([best, helps]).toEqual([50, true]);
  });

  test("says that none helps where the plain error alone learns best", async () => {
    const { alphas, best, helps } = await sweepUnder({});

    const errors = alphas.map(({ error }) => error as number);
    expect(alphas.every(({ verdict }) => verdict === "learns")).toBe(true);
    expect(errors.indexOf(Math.min(...errors))).toBe(0);
    expect([best, helps]).toEqual([0, false]);
  });

  test("names no best alpha where none learns", async () => {
    const { best, helps } = await sweepUnder({ steps: 2 });

    expect([best, helps]).toEqual([null, false]);
  });

  test("refuses a loss that has none", async () => {
    await expect(sweepAlpha(parseConfig(healthy))).rejects.toThrow('training.loss.name: must be "mse+msle"');
  });
});
