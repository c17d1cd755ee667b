import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { seedStream } from "../../../src/foundation/random/seedStream.ts";
import { targetInInput } from "../../../src/judging/diagnosis/causes/targetInInput.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import type { OwnConfig } from "../../../src/learning/config/schema.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import type { Examples } from "../../../src/learning/subject/examples.ts";
import { chainWindows, followChain } from "../../../src/learning/subject/windowChain.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const STEPS = 8;
const random = seedStream(7, "spec/windows");
const series = Array.from(
  { length: 200 },
  (_, at) => Math.sin(at * 0.37) + 0.5 * Math.sin(at * 0.11 + 1) + 0.02 * random.uniform(),
);
/** The places at which windows begin, in another order. */
const starts = Array.from({ length: series.length - STEPS - 1 }, (_, at) => at)
  .map((at) => [random.uniform(), at] as const)
  .sort(([a], [b]) => a - b)
  .map(([, at]) => at);

/** Windows of the series, whose targets come some steps behind the first number. */
function subject(ahead: number): OwnConfig {
  return defineSubject({
    name: `ahead-${ahead}`,
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ inputShape: [STEPS], units: 16, activation: "tanh" }),
          layers.dense({ units: 1 }),
        ],
      }),
    examples: {
      train: {
        inputs: starts.map((at) => series.slice(at, at + STEPS)),
        targets: starts.map((at) => [series[at + ahead] as number]),
      },
    },
    training: { optimizer: { name: "adam", learningRate: 0.02 }, batchSize: 32, steps: 200 },
  }).config() as OwnConfig;
}

describe("windows of a series that hold their own targets", () => {
  test.each([0, STEPS - 1])("get the number behind them, for a target at place %i", async (place) => {
    const config = subject(place);
    const before = await createSubject(config);
    const [change] = (await targetInInput.cures?.(config)) ?? [];
    const ahead = STEPS - place;

    expect((await trainAndDiagnose(before, config)).findings[0]?.cause).toBe("target-in-input");
    expect(change?.values).toEqual({
      "data.shiftTargets": { train: ahead, heldOut: ahead, along: "windows" },
    });
    const cured = change?.config as OwnConfig;
    const { train } = await createSubject(cured);
    expect(train.count).toBe(starts.length - ahead);
    for (let row = 0; row < train.count; row++) {
      const at = series.findIndex((value) => Math.fround(value) === train.inputs[row * STEPS]);
      expect(train.targets[row]).toBe(Math.fround(series[at + STEPS] as number));
    }
    const run = await trainAndDiagnose(await createSubject(cured), cured);
    expect(run.verdict).toBe("learns");
    expect(run.findings).toEqual([]);
  });

  test("are accused of nothing where the target is the number behind them: the twin", async () => {
    const config = subject(STEPS);
    expect((await trainAndDiagnose(await createSubject(config), config)).findings).toEqual([]);
    expect(await targetInInput.cures?.(config)).toEqual([]);
  });
});

describe("a chain of windows", () => {
  const examples = (rows: readonly (readonly number[])[]): Examples => ({
    count: rows.length,
    inputShape: [3],
    outputs: 1,
    inputs: Float32Array.from(rows.flat()),
    targets: new Float32Array(rows.length),
  });

  test("follows a series in whatever order its windows stand", () => {
    const next = chainWindows(
      examples([
        [3, 4, 5],
        [1, 2, 3],
        [4, 5, 6],
        [2, 3, 4],
        [5, 6, 7],
      ]),
    ) as Int32Array;
    expect([...next]).toEqual([2, 3, 4, 0, -1]);
    expect([...followChain(next, 2)]).toEqual([4, 0, -1, 2, -1]);
  });

  test("is none where the rows do not follow each other: the twin", () => {
    expect(
      chainWindows(
        examples([
          [3, 4, 5],
          [1, 2, 9],
          [7, 5, 6],
        ]),
      ),
    ).toBeNull();
  });
});
