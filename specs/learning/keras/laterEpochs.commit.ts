// Captures scripts whose later epochs pair inputs and targets otherwise than the first one, with the Python that LEARNPROOF_PYTHON
// names.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { captureScripts, isWithoutKeras, whySkipped } from "./captureScripts.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-later-epochs-"));
const MINUTE = 60_000;

const start = `import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(3)
random = np.random.default_rng(3)
X = random.normal(size=(1200, 8)).astype("float32")
y = (X @ random.normal(size=(8, 3))).argmax(axis=1)
`;

const train = (data: string) => `
model = keras.Sequential([layers.Input((8,)), layers.Dense(32, activation="relu"), layers.Dense(3, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy")
model.fit(${data}, epochs=20, validation_data=(X[1000:], y[1000:]), verbose=0)
`;

const rows = (behind: string) => `${start}
class Rows(keras.utils.Sequence):
    def __init__(self, x, y):
        super().__init__()
        self.x, self.y = x.copy(), y.copy()

    def __len__(self):
        return 20

    def __getitem__(self, at):
        return self.x[at * 50:at * 50 + 50], self.y[at * 50:at * 50 + 50]

    def on_epoch_end(self):
        ${behind}
${train("Rows(X[:1000], y[:1000])")}`;

const generator = (behind: string) => `${start}
def batches(x, y):
    x, y = x.copy(), y.copy()
    while True:
        for at in range(0, 1000, 50):
            yield x[at:at + 50].copy(), y[at:at + 50].copy()
        ${behind}
${train("batches(X[:1000], y[:1000]), steps_per_epoch=20")}`;

const together = (x: string, y: string) =>
  `order = np.random.permutation(len(${x})); ${x}, ${y} = ${x}[order], ${y}[order]`;

const broken = {
  "a Sequence that shuffles its inputs alone": rows("np.random.shuffle(self.x)"),
  "a generator that shuffles its inputs alone": generator("np.random.shuffle(x)"),
};

const sound = {
  "a Sequence that shuffles both by one order": rows(together("self.x", "self.y")),
  "a generator that shuffles both by one order": generator(together("x", "y")),
};

const all = { ...broken, ...sound };
const names = Object.keys(all);
const place = (name: string) => join(folder, String(names.indexOf(name)));

describe.skipIf(isWithoutKeras)(`what later epochs pair${whySkipped}`, () => {
  beforeAll(() => {
    captureScripts(
      folder,
      Object.fromEntries(Object.entries(all).map(([name, script]) => [names.indexOf(name), script])),
    );
  }, 8 * MINUTE);

  it.each(Object.keys(broken))(
    "is what is judged, and is paired again: %s",
    async (name) => {
      const { holds, causes, cure } = await check(place(name));
      expect(holds).toBe(false);
      expect(causes[0]).toMatchObject({ name: "shuffled-labels", status: "proven" });
      expect(cure?.change).toContain("its own target");
    },
    2 * MINUTE,
  );

  it.each(Object.keys(sound))(
    "is no fault where the pairs hold: %s",
    async (name) => {
      expect(await check(place(name))).toMatchObject({ holds: true });
    },
    2 * MINUTE,
  );
});
