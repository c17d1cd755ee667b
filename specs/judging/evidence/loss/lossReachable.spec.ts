// What a loss of a project's own says of predictions beyond the reach of the outputs is no fault: a dice loss is lower for
// twice a mask, and no sigmoid leaves more than 1.

import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { measureLossAtTargets } from "../../../../src/judging/evidence/loss/lossAtTargets.ts";
import { boundsOf } from "../../../../src/judging/evidence/targets/outputBounds.ts";
import type { Loss } from "../../../../src/learning/loss/loss.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";
import { definition, failingFindings, trained } from "./ownLosses.ts";

const { abs, add, div, mean, mul, square, sub, sum } = tf;
const dice: Loss = (y, p) => sub(1, div(mul(2, sum(mul(y, p))), add(sum(add(y, p)), 1e-6)));
const diceOfSizes: Loss = (y, p) =>
  sub(1, div(mul(2, sum(abs(mul(y, p)))), add(sum(add(abs(y), abs(p))), 1e-6)));
const halves: Loss = (y, p) => mean(square(sub(mul(2, p), y)));

beforeAll(async () => {
  await startEngineUnderTest();
});

const findings = async (target: "labels" | "shares", loss: Loss) =>
  failingFindings(await trained(definition([target, "sigmoid"], loss, { classification: false })));

describe("a loss that asks for something else only where no output reaches", () => {
  test.each([
    ["dice", dice],
    ["dice of absolute values", diceOfSizes],
  ])("is not named: %s", async (_, loss) => {
    expect(await findings("labels", loss)).toEqual([]);
  });

  test("is named where an output reaches there: the twin", async () => {
    const table = { targets: Float32Array.of(0, 1, 1, 0, 1, 0), shape: [1] };
    const { lower } = (await measureLossAtTargets(dice, table, [-Infinity, Infinity])) ?? {};

    expect(lower).toBe("2 × the targets");
    expect((await measureLossAtTargets(dice, table, [0, 1]))?.lower).toBeNull();
  });

  test("is named where it asks for something else within reach too: the twin", async () => {
    expect((await findings("shares", halves)).join("\n")).toMatch(/lower for half the targets/);
  });
});

test("an output that has been beyond the bounds of its activation has none", () => {
  expect(boundsOf("sigmoid", Float32Array.of(0, 0.5, 1))).toEqual([0, 1]);
  expect(boundsOf("sigmoid", Float32Array.of(0, 5))).toEqual([-Infinity, Infinity]);
  expect(boundsOf("linear", Float32Array.of(0.5))).toEqual([-Infinity, Infinity]);
});
