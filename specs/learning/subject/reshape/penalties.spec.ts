import { layers, regularizers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, expect, test } from "vitest";
import { rework as reworkSchema } from "../../../../src/learning/config/reworkSchema.ts";
import { rebuild } from "../../../../src/learning/subject/topology.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** The layers' weights that are penalised once a model with penalties of every kind is reworked. */
async function penalised(changes: object): Promise<string[]> {
  const penalty = () => regularizers.l2({ l2: 0.1 });
  const given = sequential({
    layers: [
      layers.embedding({ inputDim: 5, outputDim: 3, inputLength: 4, embeddingsRegularizer: penalty() }),
      layers.gru({ units: 3, kernelRegularizer: penalty(), recurrentRegularizer: penalty() }),
      layers.dense({ units: 1, biasRegularizer: penalty() }),
    ],
  });
  const changed = await rebuild(given, reworkSchema.parse(changes));
  const found = changed.layers.flatMap((layer) =>
    Object.entries(layer.getConfig()).flatMap(([key, value]) =>
      key.endsWith("Regularizer") && value ? [key] : [],
    ),
  );
  given.dispose();
  changed.dispose();
  return found;
}

test("a penalty of 0 takes those of embeddings, recurrent kernels and biases too", async () => {
  expect(await penalised({ l2: 0 })).toEqual([]);
});

test("without it each penalty stays: the twin", async () => {
  expect(await penalised({})).toEqual([
    "embeddingsRegularizer",
    "kernelRegularizer",
    "recurrentRegularizer",
    "biasRegularizer",
  ]);
});
