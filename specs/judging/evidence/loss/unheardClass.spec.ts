// A Dice loss over all classes at once hardly hears the few places of a rare one; a Dice loss of that class alone does.

import { tidy } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import { findUnheardClass } from "../../../../src/judging/evidence/loss/unheardClass.ts";
import type { Output } from "../../../../src/judging/evidence/targets/outputs.ts";
import type { Loss } from "../../../../src/learning/loss/loss.ts";
import type { OutputEvaluation } from "../../../../src/learning/training/evaluation.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

const SIDE = 10;
const ROWS = 4;
const PLACES = SIDE * SIDE;

/** Masks of two classes, of which the second has some places in each row. */
function masks(places: number): Float32Array {
  const targets = new Float32Array(ROWS * PLACES * 2);
  for (let at = 0; at < ROWS * PLACES; at++) targets[2 * at + (at % PLACES < places ? 1 : 0)] = 1;
  return targets;
}

const diceFrom =
  (first: number): Loss =>
  (targets, predictions) =>
    tidy(() => {
      const [t, p] = [targets, predictions].map((one) =>
        one.slice([0, 0, 0, first], [ROWS, SIDE, SIDE, 2 - first]),
      );
      const both = t?.mul(p ?? 0).sum();
      return both
        ?.mul(-2)
        .div(t?.sum().add(p?.sum() ?? 0) ?? 1)
        .add(1) as ReturnType<Loss>;
    });

const find = (loss: Loss, places: number, varianceRatio = 0) =>
  findUnheardClass(
    { loss, part: { index: 0, shape: [SIDE, SIDE, 2], size: 2 * PLACES }, prefix: "" } as unknown as Output,
    { targets: masks(places), varianceRatio } as unknown as OutputEvaluation,
  );

beforeAll(async () => {
  await startEngineUnderTest();
});

test("a Dice loss of all classes at once hardly hears one place in fifty", async () => {
  expect(await find(diceFrom(0), 2)).toContain("class 0, 98 % of all places");
});

test("it hears a class that is not rare", async () => {
  expect(await find(diceFrom(0), 30)).toBeNull();
});

test("a Dice loss of the rare class alone hears it", async () => {
  expect(await find(diceFrom(1), 2)).toBeNull();
});

test("a run that tells its examples apart has not ended at the commonest class", async () => {
  expect(await find(diceFrom(0), 2, 0.4)).toBeNull();
});
