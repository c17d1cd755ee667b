// Captures seeded scripts, with the Python that LEARNPROOF_PYTHON names: under a seed of TensorFlow, Keras 3 takes the rows of every
// epoch in the random order of the first one.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { readCaptured } from "../../../src/learning/keras/program/readCaptured.ts";
import { captureScripts, isWithoutKeras, whySkipped } from "./captureScripts.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-order-"));

const script = (seed: string, fit = "model.fit(x, x, epochs=3, verbose=0)") => `
import numpy as np
import keras
import tensorflow as tf
${seed}
x = np.arange(12.0)[:, None]
model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
model.compile("sgd", "mse")
${fit}
`;

const scripts = {
  byKeras: script("keras.utils.set_random_seed(3)"),
  // The twins: orders that nothing makes Keras repeat.
  byNumpy: script("np.random.seed(3)"),
  inCalls: script(
    "keras.utils.set_random_seed(3)",
    "for _ in range(3):\n    model.fit(x, x, epochs=1, verbose=0)",
  ),
  ofBatches: script(
    "keras.utils.set_random_seed(3)",
    "model.fit(tf.data.Dataset.from_tensor_slices((x, x)).shuffle(12).batch(4), epochs=3, verbose=0)",
  ),
};

describe.skipIf(isWithoutKeras)(`the order of the rows of an epoch${whySkipped}`, () => {
  beforeAll(() => captureScripts(folder, scripts), 120_000);

  test.each([
    ["byKeras", true],
    ["byNumpy", false],
    ["inCalls", false],
    ["ofBatches", false],
  ] as const)("repeats that of the first where TensorFlow has a seed: %s", (name, repeats) => {
    expect(readCaptured(join(folder, name)).program.fit?.repeatsOrder).toBe(repeats);
  });
});
