import { model as functional, input, layers, type SymbolicTensor } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, it } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { findExchangedTargets } from "../../../../src/judging/evidence/targets/exchangedTargets.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import { exchangeParts } from "../../../../src/learning/subject/own/exchangeParts.ts";
import type { Subject } from "../../../../src/learning/subject/subject.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(startEngineUnderTest);

const COUNT = 200;
const stream = seedStream(3, "exchanged");
const drawn = Float32Array.from({ length: 4 * COUNT }, () => stream.uniform() - 0.5);
const number = (row: number, column: number) => drawn[4 * row + column] as number;

/** Each of two outputs follows an input of its own. */
const straight: Examples = {
  count: COUNT,
  inputShape: [4],
  outputs: 2,
  inputs: drawn,
  targets: Float32Array.from({ length: 2 * COUNT }, (_, at) => {
    const [row, output] = [Math.floor(at / 2), at % 2];
    return number(row, 2 * output) - number(row, 2 * output + 1);
  }),
  inputParts: [
    { name: "left", shape: [2] },
    { name: "right", shape: [2] },
  ],
  targetParts: [
    { name: "first", shape: [1], classification: false },
    { name: "second", shape: [1], classification: false },
  ],
};

function build(isShared: boolean) {
  const inputs = [input({ shape: [2] }), input({ shape: [2] })] as const;
  const joined = layers.concatenate().apply([...inputs]) as SymbolicTensor;
  const outputs = inputs.map(
    (own) => layers.dense({ units: 1 }).apply(isShared ? joined : own) as SymbolicTensor,
  );
  return functional({ inputs: [...inputs], outputs });
}

const find = (train: Examples, isShared = false) =>
  findExchangedTargets({ buildModel: () => build(isShared), seed: 1, train } as unknown as Subject);

it("finds two outputs that are given each other's targets", async () => {
  const found = await find(exchangeParts(straight, [0, 1]));

  expect(found?.outputs.map(({ name }) => name)).toEqual(["first", "second"]);
});

it("finds none where each has its own, where both see all inputs, and where targets follow nothing", async () => {
  const noise = { ...straight, targets: straight.targets.map(() => stream.uniform()) };

  expect(await find(straight)).toBeNull();
  expect(await find(exchangeParts(straight, [0, 1]), true)).toBeNull();
  expect(await find(noise)).toBeNull();
});
