// Captures scripts whose callbacks, generators and tables do otherwise than they say, with the Python that LEARNPROOF_PYTHON names.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { readCaptured } from "../../../src/learning/keras/program/readCaptured.ts";
import { readHeld } from "../../../src/learning/keras/program/readHeld.ts";
import { captureScripts, isWithoutKeras, whySkipped } from "./captureScripts.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-given-"));
const MINUTE = 60_000;

const script = (fit: string, before = "") => `import numpy as np
import tensorflow as tf
import keras
from keras import layers

random = np.random.default_rng(2)
record = random.normal(size=(96, 3, 8)).astype("float32")
y = record[:, 0, :].mean(axis=1)
model = keras.Sequential([layers.Input((8, 3)), layers.GRU(4), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), "mse")
x = np.ascontiguousarray(record.transpose(0, 2, 1))
${before}
${fit}
`;

const ownLoss = (value: string) =>
  script("model.fit(x, y, verbose=0)", `def own(y, p):\n    return ${value}\n\nmodel.compile("adam", own)`);

const dropping = (body: string) => `
class Drop(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.first, self.seen = float(self.model.optimizer.learning_rate), []

    def on_epoch_begin(self, epoch, logs=None):
${body}

    def on_epoch_end(self, epoch, logs=None):
        self.seen.append(logs.get("loss"))
        print(epoch, logs, logs["loss"])
`;
const WITH_DROP = "model.fit(x, y, epochs=4, callbacks=[Drop()], verbose=0)";

const rows = (source: string) => `
def rows():
    for at in range(len(x)):
        yield x[at], y[at]

used = rows()
shapes = (tf.TensorSpec((8, 3), tf.float32), tf.TensorSpec((), tf.float32))
data = tf.data.Dataset.from_generator(${source}, output_signature=shapes).batch(16)
`;

const keeping = (mode: string, then: string) => `
kept = keras.callbacks.ModelCheckpoint("kept.weights.h5", monitor="loss", mode="${mode}", save_best_only=True, save_weights_only=True)
model.fit(x, y, epochs=3, callbacks=[kept], verbose=0)
${then}`;

const scripts = {
  drops: script(
    WITH_DROP,
    dropping("        self.model.optimizer.learning_rate.assign(self.first * 0.5 ** epoch)"),
  ),
  dropsAsItGoes: script(
    WITH_DROP,
    dropping(`        if self.seen and self.seen[-1] > 0.5:
            self.model.optimizer.learning_rate.assign(self.first * 0.5 ** epoch)`),
  ),
  usedUp: script("model.fit(data, epochs=5, verbose=0)", rows("lambda: used")),
  anew: script("model.fit(data, epochs=5, verbose=0)", rows("rows")),
  shuffledDataset: script(
    "model.fit(tf.data.Dataset.from_tensor_slices((x, y)).batch(16), shuffle=True, verbose=0)",
  ),
  shuffledTable: script("model.fit(x, y, shuffle=True, verbose=0)"),
  tableInOrder: script("model.fit(x, y, shuffle=False, verbose=0)"),
  // Losses that a script writes itself; some have no slope, or no value, where the predictions are the targets.
  rootOfSquares: ownLoss("tf.sqrt(tf.reduce_mean(tf.square(p - y), axis=-1))"),
  sizeOfDifference: ownLoss("tf.reduce_mean(tf.abs(p - y), axis=-1)"),
  bareLogarithm: ownLoss("-tf.reduce_mean(y * tf.math.log(p) + (1 - y) * tf.math.log(1 - p), axis=-1)"),
  keptFromZero: ownLoss(
    `-tf.reduce_mean(y * tf.math.log(p + 1e-7) + (1 - y) * tf.math.log(1 - p + 1e-7), axis=-1)`,
  ),
  reshaped: script("model.fit(x, y, epochs=2, verbose=0)", "x = record.reshape(96, 8, 3)"),
  loaded: script(keeping("max", 'model.load_weights("kept.weights.h5")')),
  left: script(keeping("max", "")),
};

const programOf = (name: keyof typeof scripts) => readCaptured(join(folder, name)).program;
const callbackOf = (name: keyof typeof scripts) => programOf(name).fit?.callbacks?.[0]?.config;

describe.skipIf(isWithoutKeras)(`what fit is given${whySkipped}`, () => {
  beforeAll(() => captureScripts(folder, scripts), 8 * MINUTE);

  it("knows the rates that a callback of the script's own sets, if training does not decide about them", () => {
    const { rates } = callbackOf("drops") as { readonly rates: readonly number[] };
    expect(rates.map((rate) => Number(rate.toFixed(5)))).toEqual([0.01, 0.005, 0.0025, 0.00125]);
    expect(callbackOf("dropsAsItGoes")).not.toHaveProperty("rates");
  });

  it("counts the epochs that get rows from a generator that is used up", () => {
    expect(programOf("usedUp").fit).toMatchObject({ epochs: 1, runsDryAfter: 6 });
    expect(programOf("anew").fit).toMatchObject({ epochs: 5, runsDryAfter: null });
  });

  it("knows that fit shuffles a table, and no dataset, whatever it is asked", () => {
    const shuffles = (name: keyof typeof scripts) => programOf(name).fit?.shuffle;
    expect([shuffles("shuffledDataset"), shuffles("shuffledTable"), shuffles("tableInOrder")]).toEqual([
      false,
      true,
      false,
    ]);
    const tables = (name: keyof typeof scripts) => programOf(name).fit?.isTable;
    expect([tables("shuffledDataset"), tables("tableInOrder")]).toEqual([false, true]);
  });

  it("reads a loss as that of Keras only where it breaks nowhere that Keras's own does not", () => {
    const lossOf = (name: keyof typeof scripts) => programOf(name).compile?.loss;
    expect(lossOf("sizeOfDifference")).toBe("mean_absolute_error");
    expect(lossOf("keptFromZero")).toBe("binary_crossentropy");
    expect(lossOf("rootOfSquares")).toMatchObject({ class_name: "TracedLoss" });
    expect(lossOf("bareLogarithm")).toMatchObject({ class_name: "TracedLoss" });
  });

  it("holds the axes that a reshape has torn, and no others", () => {
    expect(readHeld(join(folder, "reshaped")).map(({ of }) => of)).toEqual(["axes"]);
    expect(readHeld(join(folder, "anew"))).toEqual([]);
  });

  it("knows whether the script loads what a callback saved", () => {
    expect(callbackOf("loaded")).toMatchObject({ mode: "max", loadedBack: true });
    expect(callbackOf("left")).not.toHaveProperty("loadedBack");
  });
});
