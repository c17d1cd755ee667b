import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const PIXELS = 16;

/** An autoencoder of small pictures, each a bright square at one of four places, on a scale of 0 to `most`. */
async function diagnosed(
  most: number,
  target: "itself" | "a price" = "itself",
  loss: "binaryCrossentropy" | "mse" = "binaryCrossentropy",
) {
  const outputs = target === "itself" ? PIXELS : 1;
  const { config } = defineSubject({
    name: `autoencoder-${most}-${outputs}-${loss}`,
    buildModel: () =>
      sequential({
        layers: [
          layers.dense({ inputShape: [PIXELS], units: 24, activation: "relu" }),
          layers.dense({ units: outputs, activation: "sigmoid" }),
        ],
      }),
    examples: ({ set, count }) => {
      const inputs = Array.from({ length: count }, (_, row) =>
        Array.from({ length: PIXELS }, (_, pixel) => {
          const lit = Math.floor(pixel / 4) === (row + (set === "train" ? 0 : 1)) % 4;
          return (
            Math.round(most * (lit ? 0.9 + 0.1 * Math.sin(row) : 0.05 * (1 + Math.cos(row + pixel)))) || 0
          );
        }),
      );
      const prices = inputs.map((row) => [3 * (row[0] ?? 0) + (row[5] ?? 0)]);
      return { inputs, targets: target === "itself" ? inputs : prices };
    },
    data: { examples: 120, heldOut: 40 },
    training: {
      loss: { name: loss },
      optimizer: { name: "adam", learningRate: 0.01 },
      batchSize: 20,
      steps: 300,
    },
  });
  const own = config();
  return trainAndDiagnose(await createSubject(own), own);
}

describe("grey values from 0 to 255 as inputs and as targets", () => {
  test("are the origin, and the loss and the outputs were sound for 0 to 1", async () => {
    const { findings } = await diagnosed(255);

    expect(findings[0]?.cause).toBe("targets-not-normalised");
    expect(findings[0]?.evidence).toContain("the inputs do as well");
  });

  test("are healthy from 0 to 1: the twin", async () => {
    const { verdict, findings } = await diagnosed(1);

    expect(verdict).toBe("learns");
    expect(findings).toEqual([]);
  });

  test("are the origin under a squared error too, since the outputs have the bounds of 0 to 1", async () => {
    const { findings } = await diagnosed(100, "itself", "mse");

    expect(findings[0]?.cause).toBe("targets-not-normalised");
    expect(findings[0]?.evidence).toContain("the outputs are made for 0 to 1");
    // The twin: a price has no scale of the inputs.
    expect((await diagnosed(100, "a price", "mse")).findings[0]?.cause).toBe("wrong-output-activation");
  });

  test("say nothing of a price under the same outputs, for which a crossentropy is the wrong loss", async () => {
    const { findings } = await diagnosed(255, "a price");

    expect(["wrong-loss", "wrong-output-activation"]).toContain(findings[0]?.cause);
  });
});
