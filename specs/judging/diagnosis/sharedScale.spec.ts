import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { targetsNotNormalised } from "../../../src/judging/diagnosis/causes/targetsNotNormalised.ts";
import { trainAndDiagnose } from "../../../src/judging/trainAndDiagnose.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { defineSubject } from "../../../src/learning/subject/defineSubject.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

const PIXELS = 16;

type Target = "itself" | "a price";

/** An autoencoder of small pictures, each a bright square at one of four places, on a scale of 0 to `most`. */
function configOf(
  most: number,
  target: Target = "itself",
  loss: "binaryCrossentropy" | "mse" = "binaryCrossentropy",
  rescaled = false,
) {
  const outputs = target === "itself" ? PIXELS : 1;
  const { config } = defineSubject({
    name: `autoencoder-${most}-${outputs}-${loss}${rescaled ? "-rescaled" : ""}`,
    buildModel: () =>
      sequential({
        layers: [
          ...(rescaled ? [layers.rescaling({ inputShape: [PIXELS], scale: 1 / most })] : []),
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
  return config();
}

async function diagnosed(...how: Parameters<typeof configOf>) {
  const own = configOf(...how);
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

describe("the first change", () => {
  const firstOf = async (rescaled: boolean) => {
    const changes = await targetsNotNormalised.cures?.(
      configOf(255, "itself", "binaryCrossentropy", rescaled),
    );
    return changes?.[0]?.values;
  };

  test("scales inputs and targets at once", async () => {
    expect(await firstOf(false)).toEqual({ "data.unitInputs": true, "data.unitTargets": true });
  });

  test("leaves inputs alone that the model itself rescales: the twin", async () => {
    expect(await firstOf(true)).toEqual({ "data.unitTargets": true });
  });
});
