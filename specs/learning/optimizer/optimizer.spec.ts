import { memory, tensor1d, type Variable, variable } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import { optimizerNames } from "../../../src/learning/config/optimizerSchema.ts";
import { configSchema, type OptimizerConfig } from "../../../src/learning/config/schema.ts";
import { startEngine } from "../../../src/learning/engine/startEngine.ts";
import { createOptimizer } from "../../../src/learning/optimizer/optimizer.ts";

function configOf(optimizer: object): OptimizerConfig {
  return configSchema.parse({ training: { optimizer } }).training.optimizer;
}

/** A variable keeps the data of the tensor it starts from, not the tensor. */
function variableOf(values: number[]): Variable {
  const start = tensor1d(values);
  const created = variable(start);
  start.dispose();
  return created;
}

describe.each(["wasm", "cpu"])("on the engine %s", (engine) => {
  beforeAll(async () => {
    await startEngine({ name: engine });
  });

  test.each(optimizerNames)(
    "%s lets a variable without a gradient stay, and leaves nothing behind",
    (name) => {
      const before = memory().numTensors;
      const optimizer = createOptimizer(configOf({ name, learningRate: 1 }));
      const [moved, kept] = [variableOf([1]), variableOf([1])];
      const gradient = tensor1d([1]);

      optimizer.update([moved, kept], [gradient, null]);

      expect(moved.dataSync()[0]).not.toBe(1);
      expect(kept.dataSync()[0]).toBe(1);
      optimizer.dispose();
      for (const tensor of [moved, kept, gradient]) tensor.dispose();
      expect(memory().numTensors).toBe(before);
    },
  );
});
