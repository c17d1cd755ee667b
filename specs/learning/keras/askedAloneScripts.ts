// Scripts that ask about one row or one batch at a time, or behind a loop of their own, in a sound way or in a wrong one.

import { HEAD, PICTURES, TABLE } from "./askedScripts.ts";

/** Two classes of pictures, which steps of the script's own train on. */
const STEPS = `${PICTURES.replace("model = build()\nmodel.fit(x_train / 255, y_train, epochs=20, verbose=0)\n", "")}
import tensorflow as tf
model, optimizer = build(), keras.optimizers.Adam(0.01)
loss_of = keras.losses.SparseCategoricalCrossentropy()
def step(a, b):
    with tf.GradientTape() as tape:
        loss = loss_of(b, model(a, training=True))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
for epoch in range(10):
    for at in range(0, 160, 20):
        step(x_train[at : at + 20] / 255, y_train[at : at + 20])
`;

const BATCHES = `${PICTURES.replace("model.fit(x_train / 255, y_train, epochs=20, verbose=0)\n", "")}for epoch in range(12):
    for at in range(0, 160, 20):
        model.train_on_batch(x_train[at : at + 20] / 255, y_train[at : at + 20])
`;

/** A number, which a script compares its answers with. */
const NUMBERS = `${HEAD}
x = rng.normal(size=(240, 3)).astype("float32")
y = 10 + 4 * x[:, 0] - 2 * x[:, 1]
model = keras.Sequential([layers.Input((3,)), layers.Dense(8, activation="relu"), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.05), "mse")
model.fit(x[:160], y[:160], epochs=30, verbose=0)
`;

const EACH = "for picture, kind in zip(x_test, y_test):\n    hits += ";
const COUNT = `${PICTURES}hits = 0\n`;
const ASKED = [["predict", 80]] as const;

/** `targets` says where those of the first question come from; null where none are known. */
export const askedAloneScripts = {
  comparesEachClass: {
    script: `${COUNT}${EACH}int(model.predict(picture[None] / 255, verbose=0).argmax() == kind)\n`,
    faults: [],
    asks: ASKED,
    targets: "given",
  },
  comparesEachRawPicture: {
    script: `${COUNT}${EACH}int(model.predict(picture[None], verbose=0).argmax() == kind)\n`,
    faults: ["prepared"],
    asks: ASKED,
    targets: "given",
  },
  looksEachClassUp: {
    script: `${COUNT}names = ["cat", "dog"]
def told(picture):
    return names[np.argmax(model.predict(picture[None] / 255, verbose=0)[0])]
for picture, kind in zip(x_test, y_test):
    hits += told(picture) == names[kind]
`,
    faults: [],
    asks: ASKED,
    targets: "given",
  },
  choosesEachName: {
    script: `${TABLE}hits = 0
def told(row):
    if model.predict(row[None], verbose=0)[0][0] > 0.5:
        return "yes"
    else:
        return "no"
for row, kind in zip(x[160:], y[160:]):
    hits += told(row) == ("yes" if kind else "no")
`,
    faults: [],
    asks: ASKED,
    targets: "given",
  },
  keepsEachClassInAList: {
    script: `${PICTURES}found = []
for picture in x_test:
    found.append(int(np.argmax(model.predict(picture[None] / 255, verbose=0))))
print(np.mean(np.array(found) == y_test))
`,
    faults: [],
    asks: ASKED,
    targets: "given",
  },
  measuresAList: {
    script: `${PICTURES}from sklearn.metrics import accuracy_score
print(accuracy_score(y_test, [int(np.argmax(model.predict(one[None] / 255, verbose=0))) for one in x_test]))
`,
    faults: [],
    asks: ASKED,
    targets: "given",
  },
  joinsBatches: {
    script: `${PICTURES}told = np.concatenate([model.predict(x_test[at : at + 16] / 255, verbose=0) for at in range(0, 80, 16)])
print((told.argmax(axis=1) == y_test).mean())
`,
    faults: [],
    asks: ASKED,
    targets: "given",
  },
  callsForEachPicture: {
    script: `${COUNT}${EACH}int(np.argmax(model(picture[None] / 255)[0]) == kind)\n`,
    faults: [],
    asks: [["call", 80]],
    targets: "given",
  },
  differsFromEachNumber: {
    script: `${NUMBERS}for row, number in zip(x[160:], y[160:]):
    print((float(model.predict(row[None], verbose=0)[0, 0]) - number) ** 2)
`,
    faults: [],
    asks: ASKED,
    targets: "compared",
  },
  movesEachNumberByItsOwn: {
    script: `${NUMBERS.replace("y = 10 +", "base = rng.normal(size=240)\ny = ")}errors = []
for row, number, own in zip(x[160:], y[160:], base[160:]):
    errors.append(abs(model.predict(row[None], verbose=0)[0, 0] + own - (number + own)))
`,
    faults: [],
    asks: ASKED,
    targets: "compared",
  },
  countsEachClass: {
    script: `${PICTURES}counts = [0, 0]
for picture in x_test:
    told = model.predict(picture[None] / 255, verbose=0).argmax()
    for kind in range(2):
        counts[kind] += told == kind
`,
    faults: [],
    asks: ASKED,
    targets: null,
  },
  onlyNamesEachClass: {
    script: `${PICTURES}names = {0: "cat", 1: "dog"}
for picture in x_test:
    told = int(np.argmax(model.predict(picture[None] / 255, verbose=0)))
    print(names[told].upper(), "%d" % told, f"{told:03d}", {told: 1}, "first" if told == 0 else "second")
`,
    faults: [],
    asks: ASKED,
    targets: null,
  },
  looksAnswersUpInADict: {
    script: `${HEAD}
x = rng.normal(size=(240, 3))
y = x.argmax(axis=1)
model = keras.Sequential([layers.Input((3,)), layers.Dense(8, activation="tanh"), layers.Dense(3, activation="softmax")])
model.compile(keras.optimizers.Adam(0.02), "sparse_categorical_crossentropy")
model.fit(x[:160], y[:160], epochs=20, verbose=0)
counts, seen = {0: 0, 1: 0, 2: 0}, set()
for row in x[160:]:
    told = int(model.predict(row[None], verbose=0).argmax())
    counts[told] += 1
    print(counts.get(told), told in seen, [2, 1, 0].index(told))
    seen.add(told)
`,
    faults: [],
    asks: ASKED,
    targets: null,
  },
  asksBehindSteps: {
    script: `${STEPS}print((model.predict(x_test / 255, verbose=0).argmax(axis=1) == y_test).mean())\n`,
    faults: [],
    asks: ASKED,
    targets: "given",
  },
  asksRawBehindSteps: {
    script: `${STEPS}print((model(x_test).numpy().argmax(axis=1) == y_test).mean())\n`,
    faults: ["prepared"],
    asks: [["call", 80]],
    targets: "given",
  },
  measuresBehindSteps: {
    script: `${STEPS}measure = keras.metrics.SparseCategoricalAccuracy()
for at in range(160, 240, 20):
    measure.update_state(y[at : at + 20], model(tf.constant(x[at : at + 20] / 255), training=False))
`,
    faults: [],
    asks: [["call", 80]],
    targets: "given",
  },
  asksBehindAnOwnStep: {
    script: `${HEAD}
import tensorflow as tf
x = rng.normal(size=(240, 3)).astype("float32")
y = x[:, :1] - x[:, 1:2]
class Own(keras.Model):
    def train_step(self, data):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(data[1] - self(data[0], training=True)))
        self.optimizer.apply_gradients(zip(tape.gradient(loss, self.trainable_variables), self.trainable_variables))
        return {"loss": loss}
start = layers.Input((3,))
model = Own(start, layers.Dense(1)(layers.Dense(8, activation="tanh")(start)))
model.compile(keras.optimizers.Adam(0.02))
model.fit(x[:160], y[:160], epochs=40, verbose=0, callbacks=[keras.callbacks.ModelCheckpoint("made.keras")])
print(((model.predict(x[160:], verbose=0) - y[160:]) ** 2).mean())
model.save("written.keras")
open("written.txt", "w").write("by the script")
`,
    faults: [],
    asks: ASKED,
    targets: "given",
  },
  asksAnAverageBehindSteps: {
    script: `${STEPS}average = build()
average.set_weights([0.9 * one for one in model.get_weights()])
print((average.predict(x_test / 255, verbose=0).argmax(axis=1) == y_test).mean())
`,
    faults: [],
    asks: [],
    targets: null,
  },
  asksBetweenSteps: {
    script: STEPS.replace("for at in", "print(model.predict(x_test, verbose=0)[0])\n    for at in"),
    faults: [],
    asks: [],
    targets: null,
  },
  asksRawBehindBatches: {
    script: `${BATCHES}print(model.evaluate(x_test, y_test, verbose=0))\n`,
    faults: ["prepared"],
    asks: [["evaluate", 80]],
    targets: "given",
  },
  asksBehindBatches: {
    script: `${BATCHES}print(model.evaluate(x_test / 255, y_test, verbose=0))\n`,
    faults: [],
    asks: [["evaluate", 80]],
    targets: "given",
  },
} as const satisfies Record<string, AskedScript>;

interface AskedScript {
  readonly script: string;
  readonly faults: readonly string[];
  readonly asks: readonly (readonly [call: string, rows: number])[];
  readonly targets: "given" | "compared" | null;
}
