// Scripts that train twice, with the Python that LEARNPROOF_PYTHON names: a check goes on to the training that takes up what
// an earlier one has learnt.

import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { startBudget } from "../../../src/judging/check/budget.ts";
import { check, runCheck } from "../../../src/judging/check/check.ts";
import { openLater } from "../../../src/judging/check/openLater.ts";
import { readWhat } from "../../../src/judging/check/what/kinds.ts";
import { engineUnderTest as engine } from "../../engineUnderTest.ts";
import { isWithoutKeras, loadedPython, whySkipped } from "../../learning/keras/captureScripts.ts";

const python = loadedPython;
const MINUTES = 4 * 60_000;

const START = `
import numpy as np
from tensorflow import keras
keras.utils.set_random_seed(1)
x = np.random.default_rng(0).normal(size=(400, 4)).astype("float32")
y = np.stack([np.tanh(x[:, 0]), x[:, 1] * 0.5], axis=1)
z = 0.5 * np.tanh(x[:, :1]) - x[:, 1:2]
inp = keras.Input((4,))
h = keras.layers.Dense(16, activation="tanh")(inp)
base = keras.Model(inp, keras.layers.Dense(2)(h))
base.compile(keras.optimizers.Adam(0.02), "mse")
base.fit(x, y, epochs=30, verbose=0)
`;

const HEAD = `
model = keras.Model(inp, keras.layers.Dense(1)(h))
FREEZE
model.compile(keras.optimizers.Adam(0.02), "mse")
model.fit(x, z, epochs=30, verbose=0)
`;

const WARM_UP = `
import numpy as np
from tensorflow import keras
keras.utils.set_random_seed(4)
x = np.random.default_rng(4).normal(size=(600, 6)).astype("float32")
y = (x[:, 0] * x[:, 1] > 0).astype("float32")
hidden = keras.layers.Dense(32, activation="tanh")
model = keras.Sequential([keras.Input((6,)), hidden, keras.layers.Dense(1, activation="sigmoid")])
hidden.trainable = False
model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=2, verbose=0)
hidden.trainable = THAWED
model.compile(keras.optimizers.Adam(0.02), "binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=30, verbose=0)
`;

const WEAK = START.replace("Adam(0.02)", "SGD(0.01)").replace("epochs=30", "epochs=2");

const scripts = {
  frozenWhole: START + HEAD.replace("FREEZE", "for layer in model.layers: layer.trainable = False"),
  frozenBase: START + HEAD.replace("FREEZE", "for layer in model.layers[:-1]: layer.trainable = False"),
  weakFirst: WEAK + HEAD.replace("FREEZE", ""),
  weakBoth: WEAK + HEAD.replace("FREEZE", "z = z[np.random.default_rng(5).permutation(400)]"),
  nothingFirst: START.replace("Adam(0.02)", "Adam(1e-7)") + HEAD.replace("FREEZE", ""),
  features: `${START}
features = keras.Model(inp, h).predict(x, verbose=0)
top = keras.Sequential([keras.Input((16,)), keras.layers.Dense(1)])
top.compile("adam", "mse")
top.fit(features[:300], z[:300], epochs=3, verbose=0)
`,
  tunedFurther: `${START}
base.compile(keras.optimizers.SGD(1e-4), "mse")
base.fit(x, y, epochs=3, verbose=0)
`,
  inTurns: `${START}
for _ in range(3):
    base.fit(x, y, epochs=1, verbose=0)
`,
  thawed: WARM_UP.replace("THAWED", "True"),
  neverThawed: WARM_UP.replace("THAWED", "False"),
  another: `${START}
other = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
other.compile("adam", "mse")
other.fit(x, y, epochs=3, verbose=0)
`,
};

/** Writes a script into a folder of its own, and returns its path. */
function written(name: keyof typeof scripts): string {
  const path = join(mkdtempSync(join(tmpdir(), "learnproof-later-")), `${name}.py`);
  writeFileSync(path, scripts[name]);
  return path;
}

describe.skipIf(isWithoutKeras)(`a script that trains twice${whySkipped}`, () => {
  test(
    "is judged by the later training, whose layers are all frozen",
    async () => {
      const { what, causes, verdict } = await check(written("frozenWhole"), { engine, python, cures: false });

      expect(what.fit).toBe(2);
      expect(verdict).not.toBe("learns");
      expect(causes.map(({ name }) => name)).toContain("frozen-layer");
    },
    MINUTES,
  );

  test(
    "holds where the new layer is left to learn: the twin",
    async () => {
      const { what, holds } = await check(written("frozenBase"), { engine, python, cures: false });

      expect({ fit: what.fit, holds }).toEqual({ fit: 2, holds: true });
    },
    MINUTES,
  );

  test(
    "holds where the later one does, though the first is weak",
    async () => {
      const { what, examination, notes } = await runCheck(written("weakFirst"), {
        engine,
        python,
        cures: false,
      });

      expect({ fit: what.fit, holds: examination.holds }).toEqual({ fit: 2, holds: true });
      expect(notes.join()).toMatch(/is weak by itself \(stalled, .*beatsTheMean.*\); --fit 1 tells why/);
    },
    MINUTES,
  );

  test.each([
    { name: "weakBoth", fit: 2 },
    { name: "nothingFirst", fit: undefined },
  ] as const)(
    "fails as the training does that it is judged by: $name",
    async ({ name, fit }) => {
      const { what, holds } = await check(written(name), { engine, python, cures: false });

      expect({ fit: what.fit, holds }).toEqual({ fit, holds: false });
    },
    MINUTES,
  );

  test.each([
    { name: "thawed", fit: 2, holds: true },
    { name: "neverThawed", fit: undefined, holds: false },
  ] as const)(
    "goes on behind a warm-up on frozen layers that has collapsed only where they are thawed: $name",
    async ({ name, fit, holds }) => {
      const result = await check(written(name), { engine, python, cures: false });

      expect({ fit: result.what.fit, holds: result.holds }).toEqual({ fit, holds });
    },
    MINUTES,
  );

  test.each(["features", "tunedFurther"] as const)(
    "goes on where the second one takes up what the first has learnt: %s",
    async (name) => {
      const { later } = await readWhat(written(name), { python });

      expect(later?.where).toMatch(new RegExp(`${name}\\.py:\\d+$`));
    },
    MINUTES,
  );

  test.each(["inTurns", "another"] as const)(
    "does not go on where it trains the same in turns, or a model that has nothing of the first: %s",
    async (name) => {
      expect((await readWhat(written(name), { python })).later).toBeUndefined();
    },
    MINUTES,
  );
});

test("a later training for which no time is left is named, and not begun", async () => {
  const name = () => Promise.reject(new Error("was begun"));
  const opened = await openLater({ where: "s.py:40", thaws: false, name }, 1, startBudget(1));

  expect(opened.later).toBeNull();
  expect(opened.note).toContain("s.py:40 takes up what this training has learnt, and was not checked");
});
