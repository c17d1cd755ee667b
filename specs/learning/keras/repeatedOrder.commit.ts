// Captures seeded scripts, with the Python that LEARNPROOF_PYTHON names: under a seed of TensorFlow, Keras 3 takes the rows of every
// epoch in the random order of the first one.

import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { loadProgram } from "../../../src/learning/keras/program/loadProgram.ts";
import { readCaptured } from "../../../src/learning/keras/program/readCaptured.ts";
import { createSubject } from "../../../src/learning/subject/createSubject.ts";
import { train } from "../../../src/learning/training/train.ts";
import { startEngineUnderTest } from "../../engineUnderTest.ts";
import { captureScripts, isWithoutKeras, loadedPython, whySkipped } from "./captureScripts.ts";

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

/** A training whose end Keras tells as well. */
const told = `
import numpy as np
import keras
keras.utils.set_random_seed(5)
x = np.random.default_rng(0).normal(size=(103, 3)).astype("float32")
y = x @ np.array([[1.0], [2.0], [3.0]], "float32")
model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(8, activation="relu"), keras.layers.Dense(1)])
model.compile(keras.optimizers.SGD(0.05), "mse")
model.fit(x, y, epochs=3, batch_size=16, validation_split=0.2, verbose=0)
`;

const scripts = {
  told,
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

  test("is that of Keras, so that a run ends where Keras ends", async () => {
    await startEngineUnderTest();
    const path = join(folder, "told.keras.py");
    const asks = "print(float(np.mean((model.predict(x[:82], verbose=0) - y[:82]) ** 2)))";
    writeFileSync(path, told + asks);
    const printed = execFileSync(loadedPython, [path], { encoding: "utf8" });
    const { config } = loadProgram({ path: join(folder, "told") }, "told");
    const subject = await createSubject(config);

    const run = await train(subject, { probes: false });
    const drawn = await train({ ...subject, order: undefined }, { probes: false });

    const inKeras = Number(printed.trim().split("\n").at(-1));
    expect(run.train.outputs[0]?.meanSquaredError).toBeCloseTo(inKeras, 4);
    // The twin: another order ends elsewhere.
    expect(Math.abs((drawn.train.outputs[0]?.meanSquaredError as number) - inKeras)).toBeGreaterThan(1e-3);
  });
});
