// Outputs that are cosines go from -1 to 1, whatever layers make the two sides.

import { serialization } from "@tensorflow/tfjs-core";
import { input, type LayersModel, layers, model } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import "../../../src/learning/keras/layers/normalization.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

type Symbolic = ReturnType<typeof input>;
type Kind = new (args: object) => { apply(given: unknown): unknown };

/** Divides rows by their lengths. */
function toLengthOne(given: Symbolic): Symbolic {
  const [kind] = serialization.SerializationMap.getMap().classNameMap.UnitNormalization as unknown as [Kind];
  return new kind({ axis: -1 }).apply(given) as Symbolic;
}

interface Sides {
  readonly normalize?: boolean;
  readonly isRescaled?: boolean;
  /** The sides that are divided by their lengths before they are multiplied. */
  readonly units?: readonly string[];
}

function twoSides({ normalize = false, isRescaled = false, units = [] }: Sides): LayersModel {
  const names = ["user", "item"];
  const sides = names.map((name) => input({ shape: [1], name }));
  const vectors = sides.map((side, at) => {
    const looked = layers.embedding({ inputDim: 5, outputDim: 3 }).apply(side) as Symbolic;
    const flat = layers.flatten().apply(looked) as Symbolic;
    return units.includes(names[at] as string) ? toLengthOne(flat) : flat;
  });
  const match = layers.dot({ axes: 1, normalize }).apply(vectors) as Symbolic;
  const outputs = isRescaled ? layers.multiply().apply([match, match]) : match;
  return model({ inputs: sides, outputs: outputs as Symbolic });
}

async function activationOf(sides: Sides): Promise<string | undefined> {
  const rows = Array.from({ length: 20 }, (_, row) => row);
  const subject = await createSubject(
    defineSubject({
      name: "cosines",
      buildModel: () => twoSides(sides),
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

test("are known by the layer that makes them, or by the lengths of its sides", async () => {
  expect(await activationOf({ normalize: true })).toBe("cosine");
  expect(await activationOf({ units: ["user", "item"] })).toBe("cosine");
});

test("are none without the division of both sides, or with a layer behind that changes them", async () => {
  expect(await activationOf({})).toBe("linear, then Dot");
  expect(await activationOf({ units: ["user"] })).not.toBe("cosine");
  expect(await activationOf({ normalize: true, isRescaled: true })).toBe("linear, then Dot, then Multiply");
  expect(await activationOf({ units: ["user", "item"], isRescaled: true })).not.toBe("cosine");
});
