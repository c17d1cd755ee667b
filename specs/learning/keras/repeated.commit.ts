// Captures scripts that call fit several times on one model, with the Python that LEARNPROOF_PYTHON names.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { readCaptured } from "../../../src/learning/keras/program/readCaptured.ts";
import { captureScripts, isWithoutKeras, whySkipped } from "./captureScripts.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-repeated-"));
const MINUTE = 60_000;

const start = (loss = '"mse"') => `import numpy as np
import keras
from keras import layers

random = np.random.default_rng(2)
x = random.normal(size=(320, 4)).astype("float32")
y = (x[:, :1] * 2 - x[:, 1:2] * x[:, 2:3]).astype("float32")
model = keras.Sequential([layers.Input((4,)), layers.Dense(32, activation="relu"), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), ${loss})
`;

const scripts = {
  shuffled: `${start()}
for _ in range(30):
    order = random.permutation(320)
    model.fit(x[order], y[order], batch_size=32, epochs=1, verbose=0)
    model.evaluate(x, y, verbose=0)
`,
  parts: `${start()}
for _ in range(6):
    for at in range(0, 320, 80):
        model.fit(x[at:at + 80], y[at:at + 80], batch_size=16, epochs=2, verbose=0)
`,
  lines: `${start()}
model.fit(x, y, epochs=3, verbose=0)
model.fit(x, y, epochs=9, verbose=0)
`,
  slower: `${start()}
model.fit(x, y, epochs=3, verbose=0)
model.optimizer.learning_rate = 0.001
model.fit(x, y, epochs=9, verbose=0)
`,
  anew: `${start()}
fresh = model.get_weights()
for _ in range(4):
    model.set_weights(fresh)
    model.fit(x, y, epochs=5, verbose=0)
`,
  answers: `${start()}
for at in range(60):
    rows = random.integers(0, 320, 16)
    wanted = model.predict(x[rows], verbose=0)
    wanted[:, 0] = y[rows, 0] + 0.5 * wanted[:, 0]
    model.fit(x[rows], wanted, epochs=1, verbose=0)
`,
  dice:
    start("keras.losses.Dice()").replace("layers.Dense(1)", 'layers.Dense(1, activation="sigmoid")') +
    "model.fit(x, (y > 0).astype('float32'), epochs=5, verbose=0)\n",
};

/** Trains a layer, freezes it, and trains again behind what stands in between. */
const frozen = (between: string) => `${start()}
model.fit(x, y, epochs=30, verbose=0)
model.layers[0].trainable = False
${between}
model.fit(x[:], y, epochs=2, verbose=0)
`;

const freezing = {
  frozenAsItWasCompiled: frozen(""),
  frozenAndCompiled: frozen('model.compile("adam", "mse")'),
  frozenForAnother: frozen('keras.Sequential([model, layers.Dense(1)]).compile("adam", "mse")'),
};

const generator = (rows: string) => `${start()}
def batches():
    turn = 0
    while True:
        rows = ${rows}
        turn += 1
        yield x[rows], y[rows]

model.fit(batches(), steps_per_epoch=2, epochs=20, verbose=0)
`;

const batches = {
  others: generator("slice(16 * turn % 320, 16 * turn % 320 + 16)"),
  same: generator("slice(16 * (turn % 2), 16 * (turn % 2) + 16)"),
};

const fitOf = (name: keyof typeof scripts | keyof typeof freezing) =>
  readCaptured(join(folder, name)).program.fit;

describe.skipIf(isWithoutKeras)(`scripts that call fit several times${whySkipped}`, () => {
  beforeAll(() => captureScripts(folder, { ...scripts, ...batches, ...freezing }), 8 * MINUTE);

  it(
    "takes a loop over one set of rows, in whatever order, as one training",
    async () => {
      const { program, arrays, notes } = readCaptured(join(folder, "shuffled"));
      expect(program.fit).toMatchObject({ epochs: 30, calls: 30, isOneLine: true });
      expect(arrays.x[0]?.shape).toEqual([320, 4]);
      expect(notes.join()).toContain("fit is called 30 times on one model");
      const { holds } = await check(join(folder, "shuffled"), { cures: false });
      expect(holds).toBe(true);
    },
    MINUTE,
  );

  it("puts the parts of the data together", () => {
    expect(readCaptured(join(folder, "parts")).arrays.x[0]?.shape).toEqual([320, 4]);
    expect(fitOf("parts")).toMatchObject({ epochs: 12, calls: 24 });
  });

  it("adds up the epochs of several lines, and keeps apart what another rate or other weights begin", () => {
    expect(fitOf("lines")).toMatchObject({ epochs: 12, calls: 2, isOneLine: false });
    expect(fitOf("slower")?.epochs).toBe(3);
    expect(fitOf("anew")?.epochs).toBe(5);
  });

  it(
    "names the call that moves a layer which was frozen without compiling, and none that was compiled or is frozen for another model",
    async () => {
      expect(fitOf("frozenAsItWasCompiled")?.frozenBehind).toMatchObject({ layers: ["dense"] });
      expect(fitOf("frozenAndCompiled")?.frozenBehind).toBeUndefined();
      expect(fitOf("frozenForAnother")?.frozenBehind).toBeUndefined();
      const { cause, laws } = await check(join(folder, "frozenAsItWasCompiled"), { cures: false });
      expect(laws.filter(({ holds }) => !holds).map(({ name }) => name)).toEqual(["frozenStays"]);
      expect(cause?.name).toBe("frozen-layer-moves");
      expect(cause?.evidence).toMatch(/line 14 \(model\.fit\(x\[:\].* for dense: .*call compile again/);
    },
    MINUTE,
  );

  it("takes the rows of a generator's later epochs too, each once", () => {
    expect(readCaptured(join(folder, "others")).arrays.x[0]?.shape).toEqual([320, 4]);
    expect(readCaptured(join(folder, "same")).arrays.x[0]?.shape).toEqual([32, 4]);
  });

  it("refuses targets that are made of the network's own answers", async () => {
    const refused = check(join(folder, "answers"), { cures: false });
    await expect(refused).rejects.toThrow(/targets are made of the network's own answers/);
  });

  it("traces a loss of Keras that has no counterpart", () => {
    const { compile } = readCaptured(join(folder, "dice")).program;
    expect(compile?.loss).toMatchObject({
      class_name: "TracedLoss",
      config: { graph: { nodes: expect.any(Array) } },
    });
  });
});
