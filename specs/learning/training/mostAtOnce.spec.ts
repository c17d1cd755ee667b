import { layers, sequential } from "@tensorflow/tfjs-layers";
import { beforeAll, describe, expect, test } from "vitest";
import { parseBoxConfig } from "../../../src/learning/config/parseConfig.ts";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { buildBoxNetwork } from "../../../src/learning/subject/boxNetwork.ts";
import { mostAtOnce } from "../../../src/learning/training/mostAtOnce.ts";

beforeAll(async () => {
  await startEngine({ name: "cpu" });
});

describe("the examples that a model is shown at once", () => {
  test("are as many as the limit for the network of the question", () => {
    const model = buildBoxNetwork(parseBoxConfig({}).model, 1);

    expect(mostAtOnce(model, 256)).toBe(256);
    model.dispose();
  });

  // 256 examples of this network's first convolution alone are 4 GiB, all that the wasm engine has.
  test("are as many as fit in 1 GiB with the outputs of all layers", () => {
    const config = {
      model: { imageSize: 256, channels: 1, filters: [64, 1], kernelSize: 3, strides: 1, hiddenUnits: [] },
    };
    const model = buildBoxNetwork(parseBoxConfig(config).model, 1);

    // Input, two convolutions, each with its relu, flattened, output; four bytes each.
    const bytes = 4 * (256 ** 2 * (1 + 64 + 64 + 1 + 1 + 1) + 2);
    expect(mostAtOnce(model, 256)).toBe(Math.floor(2 ** 30 / bytes));
    model.dispose();
  });

  test("are one at least, though not even one fits", () => {
    const model = sequential({ layers: [layers.repeatVector({ n: 2 ** 29, inputShape: [1] })] });

    expect(mostAtOnce(model, 256)).toBe(1);
    model.dispose();
  });
});
