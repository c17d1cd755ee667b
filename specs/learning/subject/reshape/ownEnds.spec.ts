import { input, layers, model } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { findSameAnswers } from "../../../../src/judging/evidence/targets/sameAnswers.ts";
import { rework } from "../../../../src/learning/config/reworkSchema.ts";
import { noteVariables } from "../../../../src/learning/subject/disposeModel.ts";
import { rebuild } from "../../../../src/learning/subject/topology.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** How many numbers the weights hold, before and after each output gets a layer of its own. */
async function weightsOf(areApart: boolean): Promise<readonly [number, number]> {
  const free = noteVariables();
  const start = input({ shape: [3] });
  const hidden = () => layers.dense({ units: 4 }).apply(start);
  const [one, other] = areApart ? [hidden(), hidden()] : [start, start];
  const last = layers.dense({ units: 1 });
  const given = model({ inputs: start, outputs: [last.apply(one), last.apply(other)] as never });
  const changed = await rebuild(given, rework.parse({ ownEnds: true }));
  const counts = [given.countParams(), changed.countParams()] as const;
  for (const built of [given, changed]) free(built);
  return counts;
}

test("outputs that one layer makes of the same numbers get a layer each", async () => {
  expect(await weightsOf(false)).toEqual([4, 8]);
});

test("a layer that is called for different numbers stays shared: the twin", async () => {
  expect(await weightsOf(true)).toEqual([37, 37]);
});

test("answers are the same only where they vary and their targets differ", () => {
  const of = (predictions: number[][], targets: number[][]) =>
    findSameAnswers({
      outputs: predictions.map((row, at) => ({
        predictions: Float32Array.from(row),
        targets: Float32Array.from(targets[at] ?? []),
      })) as never,
    });
  expect(
    of(
      [
        [1, 2],
        [1, 2],
      ],
      [
        [0, 1],
        [1, 0],
      ],
    ),
  ).toEqual([0, 1]);
  expect(
    of(
      [
        [1, 1],
        [1, 1],
      ],
      [
        [0, 1],
        [1, 0],
      ],
    ),
  ).toBeNull();
  expect(
    of(
      [
        [1, 2],
        [1, 2],
      ],
      [
        [0, 1],
        [0, 1],
      ],
    ),
  ).toBeNull();
  expect(
    of(
      [
        [1, 2],
        [1, 3],
      ],
      [
        [0, 1],
        [1, 0],
      ],
    ),
  ).toBeNull();
});
