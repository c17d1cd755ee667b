import { type LayersModel, layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { rework as reworkSchema } from "../../../../src/learning/config/reworkSchema.ts";
import { rebuild } from "../../../../src/learning/subject/topology.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(() => startEngineUnderTest());

/** The units of a chain of dense layers once hidden ones have at least so many. */
async function widened(units: readonly number[], leastUnits: number): Promise<unknown[]> {
  const model: LayersModel = sequential({
    layers: units.map((size, at) => layers.dense({ units: size, ...(at === 0 && { inputShape: [3] }) })),
  });
  try {
    const changed = await rebuild(model, reworkSchema.parse({ leastUnits }));
    const sizes = changed.layers.map((layer) => layer.getConfig().units);
    changed.dispose();
    return sizes;
  } finally {
    model.dispose();
  }
}

test("a bottleneck is widened alone, and the output stays as it is", async () => {
  expect(await widened([32, 1, 4], 16)).toEqual([32, 16, 4]);
});

test("nothing is made of a model whose hidden layers are as wide: the twin", async () => {
  await expect(widened([32, 16, 4], 16)).rejects.toThrow("must be above the units of a hidden layer");
});
