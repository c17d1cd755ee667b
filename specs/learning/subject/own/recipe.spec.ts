import { losses, type Optimizer, train as optimizers } from "@tensorflow/tfjs-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { InputError } from "../../../../src/foundation/input/inputError.ts";
import { hasOwnOptimizer } from "../../../../src/learning/config/ownDefaults.ts";
import { parseConfig } from "../../../../src/learning/config/parseConfig.ts";
import type { ConfigInput } from "../../../../src/learning/config/schema.ts";
import { createSubject } from "../../../../src/learning/subject/createSubject.ts";
import { train } from "../../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../../engineUnderTest.ts";
import { defineProduct } from "../ownExamples.ts";

beforeAll(async () => {
  await startEngineUnderTest();
});

/** Optimizers that a definition is given stay their maker's. */
const owned: Optimizer[] = [];
function held<Kind extends Optimizer>(optimizer: Kind): Kind {
  owned.push(optimizer);
  return optimizer;
}

afterAll(() => {
  for (const optimizer of owned) optimizer.dispose();
});

describe("TensorFlow.js's own spellings", () => {
  test.each([
    [{ loss: "meanSquaredError" }, { loss: { name: "mse" } }],
    [{ loss: "mse" }, { loss: { name: "mse" } }],
    [{ loss: { name: "meanAbsoluteError" } }, { loss: { name: "mae" } }],
    [{ loss: "binaryCrossentropy" }, { loss: { name: "binaryCrossentropy" } }],
    [{ loss: "sparseCategoricalCrossentropy" }, { loss: { name: "categoricalCrossentropy" } }],
    [{ optimizer: "sgd" }, { optimizer: { name: "sgd" } }],
    [{ optimizer: "RMSProp" }, { optimizer: { name: "rmsprop" } }],
    [{ optimizer: { name: "Adamax", beta1: 0.5 } }, { optimizer: { name: "adamax", beta1: 0.5 } }],
  ] as const)("%j in a config means %j", (written, ours) => {
    expect(parseConfig({ training: written })).toEqual(parseConfig({ training: ours }));
  });

  test("are checked by the compiler, as ours are", () => {
    const right: ConfigInput = { training: { loss: "meanSquaredError", optimizer: "SGD" } };
    // @ts-expect-error no loss has this name
    const wrong: ConfigInput = { training: { loss: "mes" } };
    // @ts-expect-error no optimizer has this name
    const other: ConfigInput = { training: { optimizer: { name: "adm" } } };

    expect(() => parseConfig(right)).not.toThrow();
    for (const [config, field] of [
      [wrong, "training.loss"],
      [other, "training.optimizer.name"],
    ] as const)
      expect(() => parseConfig(config)).toThrow(
        expect.objectContaining({ constructor: InputError, field }) as unknown as Error,
      );
  });

  test("in a definition train as ours in its config do", async () => {
    const digestOf = async (parts: object) =>
      (
        await train(
          createSubject(defineProduct({ name: "spelt", ...parts }).config({ training: { steps: 5 } })),
        )
      ).digest;
    const sgd = { name: "sgd", learningRate: 0.01 } as const;
    const ours = await digestOf({ training: { loss: { name: "mae" }, optimizer: sgd } });

    expect(await digestOf({ loss: "meanAbsoluteError", optimizer: "sgd", training: {} })).toBe(ours);
    expect(await digestOf({ loss: losses.absoluteDifference, optimizer: held(optimizers.sgd(0.01)) })).toBe(
      ours,
    );
    expect(await digestOf({ loss: "meanSquaredError", optimizer: "sgd" })).not.toBe(ours);
  });

  test.each<[string, object]>([
    ["loss", { loss: "mes" }],
    ["loss", { loss: 5 }],
    ["optimizer", { optimizer: "adm" }],
    ["optimizer", { optimizer: { applyGradients() {} } }],
  ])("a %s that is none is refused", (field, parts) => {
    expect(() => defineProduct(parts)).toThrow(
      expect.objectContaining({ constructor: InputError, field }) as unknown as Error,
    );
  });

  test("leave the rate to cures, where a config's own optimizer reads it, and nowhere else", () => {
    const adam = held(optimizers.adam(0.1));
    expect(hasOwnOptimizer(defineProduct({ optimizer: adam }).config())).toBe(false);
    expect(defineProduct({ optimizer: adam }).config().training.optimizer).toMatchObject({
      name: "adam",
      learningRate: 0.1,
    });
    expect(hasOwnOptimizer(defineProduct({ optimizer: held(optimizers.adagrad(0.1)) }).config())).toBe(false);
    expect(hasOwnOptimizer(defineProduct({ optimizer: () => optimizers.adam(0.1) }).config())).toBe(true);
    expect(hasOwnOptimizer(parseConfig({}))).toBe(false);
  });
});
