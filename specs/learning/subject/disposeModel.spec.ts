// A model that calls another one twice, as the two arms of a siamese network do, may be freed by two owners.

import { memory } from "@tensorflow/tfjs-core";
import { input, layers, model, type SymbolicTensor, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { noteVariables } from "../../../src/learning/subject/disposeModel.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

function siamese() {
  const arm = sequential({ layers: [layers.dense({ inputShape: [3], units: 2 })] });
  const sides = [0, 1].map(() => input({ shape: [3] }));
  const answers = sides.map((side) => arm.apply(side) as SymbolicTensor);
  return model({ inputs: sides, outputs: layers.concatenate().apply(answers) as SymbolicTensor });
}

test("frees what is left of a model that was freed before", () => {
  const before = memory().numTensors;
  const disposeModel = noteVariables();
  const built = siamese();
  built.dispose();

  expect(() => built.dispose()).toThrow("already disposed");
  disposeModel(built);
  expect(memory().numTensors).toBe(before);
});

test("frees a model that nobody has freed: the twin", () => {
  const before = memory().numTensors;
  const disposeModel = noteVariables();
  const built = siamese();
  expect(memory().numTensors).toBeGreaterThan(before);

  disposeModel(built);
  expect(memory().numTensors).toBe(before);
});
