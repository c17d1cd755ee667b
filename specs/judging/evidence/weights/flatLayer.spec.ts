// A layer that rounds has no slope at any input; one whose units are dead or saturated at some inputs has one at others.

import { round, type Tensor } from "@tensorflow/tfjs-core";
import { initializers, layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { findFlatLayer } from "../../../../src/judging/evidence/weights/flatLayer.ts";
import type { Subject } from "../../../../src/learning/subject/subject.ts";
import { soundSubject } from "../../../claims/brokenContracts.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

class Rounds extends layers.Layer {
  static readonly className = "Rounds";
  override call(inputs: Tensor | Tensor[]): Tensor {
    return round(Array.isArray(inputs) ? (inputs[0] as Tensor) : inputs);
  }
}

const ending = (last: layers.Layer[]): Subject => ({
  ...soundSubject(1),
  buildModel: () =>
    sequential({
      layers: [layers.dense({ units: 4, inputShape: [2] }), layers.dense({ units: 1 }), ...last],
    }),
});

test("a layer that rounds what layers with weights answer is found", async () => {
  expect(await findFlatLayer(ending([new Rounds({ name: "whole" })]))).toBe("whole");
});

test("rounding of the inputs, before any weight, is none", async () => {
  const before = () => sequential({ layers: [new Rounds({ inputShape: [2] }), layers.dense({ units: 1 })] });
  expect(await findFlatLayer({ ...soundSubject(1), buildModel: before })).toBeNull();
});

test("units that are dead, saturated or alone in a softmax make none", async () => {
  for (const activation of ["relu", "sigmoid", "softmax", "hardSigmoid"] as const)
    expect(await findFlatLayer(ending([layers.activation({ activation })]))).toBeNull();
  const kernelInitializer = initializers.constant({ value: 1000 });
  const large = layers.dense({ units: 1, activation: "sigmoid", kernelInitializer });
  expect(await findFlatLayer(ending([large]))).toBeNull();
});
