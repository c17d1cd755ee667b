import { add, log, mean, mul, relu, square, sub, type Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { findTurnedArguments } from "../../../../src/judging/evidence/loss/turnedArguments.ts";
import type { Output } from "../../../../src/judging/evidence/targets/outputs.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../../src/learning/subject/defineSubject.ts";
import { type Placed, type TargetPart, targetParts } from "../../../../src/learning/subject/parts.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";
import { broken, definition } from "./ownLosses.ts";

type Loss = (y: Tensor, p: Tensor) => Tensor;
type Kind = Parameters<typeof definition>[0];

beforeAll(async () => {
  await startEngineUnderTest();
});

async function findIn(kind: Kind, loss: Loss, isTurned = false): Promise<string | null> {
  const config = defineSubject(definition(kind, loss)).config();
  const subject = await createSubject({
    ...config,
    rework: { ...config.rework, turnLoss: isTurned || undefined },
  } as typeof config);
  const output: Output = {
    part: targetParts(subject.train)[0] as Placed<TargetPart>,
    train: subject.train,
    loss: subject.loss as Output["loss"],
    activation: kind[1],
    earlier: null,
    beforeLink: null,
    group: 1,
    prefix: "",
  };
  return findTurnedArguments(output, 1);
}

/** Sound for targets and predictions, and not for predictions and targets. */
const WRITTEN: readonly (readonly [name: string, kind: Kind, loss: Loss])[] = [
  [
    "a squared error that counts by the targets",
    ["counts", "linear"],
    (y, p) => mean(mul(add(y, 0.1), square(sub(p, y)))),
  ],
  ["Poisson", ["counts", "relu"], (y, p) => mean(sub(p, mul(y, log(relu(p)))))],
];

describe("a loss that is written for the predictions first is sound for them in each other's place", () => {
  test.each(WRITTEN)("%s", async (_, kind, loss) => {
    expect(await findIn(kind, (y, p) => loss(p, y))).toMatch(/with its two arguments in each other's place/);
    expect(await findIn(kind, loss)).toBe(null);
  });

  test.each(broken)("one that stays broken is not: %s", async (_, kind, loss) => {
    expect(await findIn(kind, loss)).toBe(null);
  });
});

test("the change gives the loss its arguments in that order", async () => {
  const [, kind, loss] = WRITTEN[1] as (typeof WRITTEN)[number];
  const turned: Loss = (y, p) => loss(p, y);
  expect(await findIn(kind, turned, true)).toBe(null);
});
