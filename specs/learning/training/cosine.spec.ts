// Outputs that are cosines go from -1 to 1, whatever layers make the two sides.

import { input, type LayersModel, layers, model } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

function twoSides(normalize: boolean, isRescaled: boolean): LayersModel {
  const sides = ["user", "item"].map((name) => input({ shape: [1], name }));
  const vectors = sides.map(
    (side) =>
      layers.flatten().apply(layers.embedding({ inputDim: 5, outputDim: 3 }).apply(side)) as ReturnType<
        typeof input
      >,
  );
  const match = layers.dot({ axes: 1, normalize }).apply(vectors) as ReturnType<typeof input>;
  const outputs = isRescaled ? layers.multiply().apply([match, match]) : match;
  return model({ inputs: sides, outputs: outputs as ReturnType<typeof input> });
}

async function activationOf(normalize: boolean, isRescaled = false): Promise<string | undefined> {
  const rows = Array.from({ length: 20 }, (_, row) => row);
  const subject = await createSubject(
    defineSubject({
      name: "cosines",
      buildModel: () => twoSides(normalize, isRescaled),
      examples: {
        train: {
          inputs: { user: rows.map((row) => [row % 5]), item: rows.map((row) => [(row * 2) % 5]) },
          targets: rows.map((row) => [row % 3]),
        },
      },
    } as never).config(),
  );
  const { survey } = await train({ ...subject, steps: 2 });
  return survey?.heads[0]?.activation;
}

test("are known by the layer that makes them", async () => {
  expect(await activationOf(true)).toBe("cosine");
});

test("are none without the division, or with a layer behind that changes them", async () => {
  expect(await activationOf(false)).toBe("linear, then Dot");
  expect(await activationOf(true, true)).toBe("linear, then Dot, then Multiply");
});
