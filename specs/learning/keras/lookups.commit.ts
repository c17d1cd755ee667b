// Captures models that look up numbers for words themselves, with the Python that LEARNPROOF_PYTHON names.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { check } from "../../../src/judging/check/check.ts";
import { readCaptured } from "../../../src/learning/keras/program/readCaptured.ts";
import { captureScripts, isWithoutKeras, whySkipped } from "./captureScripts.ts";

const folder = mkdtempSync(join(tmpdir(), "learnproof-lookups-"));
const MINUTE = 60_000;

/** Short texts with one good or bad word each; the layer that numbers the words is part of the model. */
const texts = (rate: number) => `import numpy as np
import tensorflow as tf
import keras
from keras import layers

random = np.random.default_rng(3)
words = [["fine", "great", "nice"], ["awful", "poor", "ugly"]]
labels = random.integers(0, 2, 240)
texts = np.array(["the film of %s was %s" % (random.choice(["old", "new", "late"]), random.choice(words[k])) for k in labels])
rows = tf.data.Dataset.from_tensor_slices((texts[:200], labels[:200])).batch(20)
new = tf.data.Dataset.from_tensor_slices((texts[200:], labels[200:])).batch(20)
numbering = layers.TextVectorization(max_tokens=40, output_sequence_length=8)
numbering.adapt(rows.map(lambda text, label: text))
start = keras.Input((1,), dtype="string", name="text")
found = layers.Embedding(40, 6, mask_zero=True)(numbering(start))
found = layers.GlobalAveragePooling1D()(found)
model = keras.Model(start, layers.Dense(1, activation="sigmoid")(found))
model.compile(keras.optimizers.Adam(${rate}), "binary_crossentropy")
model.fit(rows, epochs=20, validation_data=new, verbose=0)
print(model.predict(tf.constant(list(texts[200:]))).shape)
`;

const cities = `import numpy as np
import keras
from keras import layers

random = np.random.default_rng(4)
price = {"rome": 1.0, "oslo": 3.0, "lima": 0.2}
city = random.choice(list(price), 200)
size = random.normal(80, 20, 200)
y = np.array([price[one] for one in city]) + size / 40
scale = layers.Normalization(axis=None)
scale.adapt(size)
ends = {"size": keras.Input((1,), name="size"), "city": keras.Input((1,), dtype="string", name="city")}
coded = layers.StringLookup(vocabulary=list(price), output_mode="one_hot")(ends["city"])
found = layers.Dense(8, activation="relu")(layers.Concatenate()([coded, scale(ends["size"])]))
model = keras.Model(ends, layers.Dense(1)(found))
model.compile("adam", "mse")
model.fit({"city": city.reshape(-1, 1).astype(object), "size": size}, y, epochs=2, verbose=0)
`;

const scripts = { texts: texts(0.05), slow: texts(1e-7), cities };

describe.skipIf(isWithoutKeras)(`models that look up numbers${whySkipped}`, () => {
  beforeAll(() => captureScripts(folder, scripts), 8 * MINUTE);

  it(
    "begins behind the layer that numbers words, in training, in held-out rows and in what is asked",
    async () => {
      const { program, arrays, notes } = readCaptured(join(folder, "texts"));
      expect(arrays.x.map(({ shape }) => shape)).toEqual([[200, 8]]);
      expect(JSON.stringify(program.model)).not.toMatch(/TextVectorization|NotEqual/);
      expect(notes.join()).toContain("looks up numbers before anything is trained");
      const { holds, laws } = await check(join(folder, "texts"), { cures: false });
      expect(holds).toBe(true);
      expect(laws.map(({ name }) => name)).toContain("answersWhatIsAsked");
    },
    MINUTE,
  );

  it(
    "finds that the same model hardly moves at a rate of 1e-7",
    async () => {
      const { holds, causes } = await check(join(folder, "slow"), { cures: false });
      expect(holds).toBe(false);
      expect(causes[0]?.name).toBe("learning-rate-too-low");
    },
    MINUTE,
  );

  it("keeps the inputs that are numbers beside those that are looked up", () => {
    const { arrays } = readCaptured(join(folder, "cities"));
    expect(arrays.x.map(({ shape }) => shape).sort()).toEqual([
      [200, 1],
      [200, 4],
    ]);
  });
});
