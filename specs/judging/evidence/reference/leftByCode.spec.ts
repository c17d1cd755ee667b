import { input, layers, model, type SymbolicTensor, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { seedStream } from "../../../../src/foundation/random/seedStream.ts";
import { leftByCode } from "../../../../src/judging/evidence/reference/leftByCode.ts";
import { codeWidth } from "../../../../src/learning/subject/codeWidth.ts";
import type { Examples } from "../../../../src/learning/subject/examples.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** Independent columns, of which the first have a larger deviation than the others. */
function columns(deviations: readonly number[], count = 800): Examples {
  const random = seedStream(7, "specs/leftByCode");
  const inputs = Float32Array.from(
    { length: count * deviations.length },
    (_, at) => (deviations[at % deviations.length] as number) * Math.sqrt(12) * (random.uniform() - 0.5),
  );
  return { count, inputs, targets: inputs, inputShape: [deviations.length], outputs: deviations.length };
}

test("a code leaves the variance of what its numbers cannot hold", () => {
  const train = columns([3, 2, 1, 1]);

  expect(leftByCode(train, 1)?.ofAll).toBeCloseTo(6 / 15, 1);
  expect(leftByCode(train, 2)?.ofAll).toBeCloseTo(2 / 15, 1);
  expect(leftByCode(train, 2)?.ofWorst).toBeCloseTo(1, 1);
  expect(leftByCode(train, 4)).toBeNull();
});

test("few examples say nothing", () => {
  expect(leftByCode(columns([3, 2, 1], 30), 1)).toBeNull();
});

const dense = (units: number) => layers.dense({ units });

test("the narrowest layer counts, in a nested model too", async () => {
  const encoder = () => sequential({ layers: [layers.dense({ units: 3, inputShape: [6] })] });
  const built = () => sequential({ layers: [encoder(), dense(5), dense(6)] });

  expect(await codeWidth({ buildModel: built, seed: 1 })).toBe(3);
});

test("a branch that leads past the narrowest layer leaves no code", async () => {
  const built = () => {
    const given = input({ shape: [6] });
    const narrow = dense(2).apply(given) as SymbolicTensor;
    const joined = layers.concatenate().apply([given, narrow]) as SymbolicTensor;
    return model({ inputs: given, outputs: dense(6).apply(joined) as SymbolicTensor });
  };

  expect(await codeWidth({ buildModel: built, seed: 1 })).toBeNull();
});
