// Scripts that train alike, and ask their model in a sound way or in a wrong one.

export const HEAD = `import os
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(3)
rng = np.random.default_rng(0)
`;

export const PICTURES = `${HEAD}
y = rng.integers(0, 2, 240)
x = rng.integers(0, 120, (240, 8, 8, 1)).astype("float32")
x[y == 1, :, :3] += 120
x_train, x_test, y_train, y_test = x[:160], x[160:], y[:160], y[160:]


def build():
    net = keras.Sequential([layers.Input((8, 8, 1)), layers.Flatten(), layers.Dense(8, activation="relu"), layers.Dense(2, activation="softmax")])
    net.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy", metrics=["accuracy"])
    return net


model = build()
model.fit(x_train / 255, y_train, epochs=20, verbose=0)
`;

/** The layers get names of the caller's. */
const NAMED = PICTURES.replace("def build():", 'def build(first="net", last="net"):')
  .replace('Dense(8, activation="relu"', 'Dense(8, activation="relu", name=first + "_first"')
  .replace('Dense(2, activation="softmax"', 'Dense(2, activation="softmax", name=last + "_last"');

/** The training call stands where the script says. */
const EARLY = PICTURES.replace(/model.fit.*\n/, "");
const FIT = "model.fit(x_train / 255, y_train, epochs=20, verbose=0)\n";

/** A network whose last layers may be built anew and asked by themselves. */
const ENDS =
  `${PICTURES}
def ends(first, last):
    codes = layers.Input((8,))
    return keras.Model(codes, last(first(codes)))


whole = keras.Sequential([layers.Input((8, 8, 1)), layers.Flatten(), layers.Dense(8, activation="relu"), layers.Dense(6, activation="relu"), layers.Dense(2, activation="softmax")])
whole.compile(keras.optimizers.Adam(0.01), "sparse_categorical_crossentropy")
`.replace("model = build()\nmodel.fit(x_train / 255, y_train, epochs=20, verbose=0)\n", "") +
  `whole.fit(x_train / 255, y_train, epochs=20, verbose=0)
codes = keras.Model(whole.inputs, whole.layers[1].output).predict(x_test / 255)
`;

/** Two thirds of the rows train, and the others measure, three times. */
const folds = (before: string, inside: string, asked = "kept == k") => `${HEAD}
x = rng.normal(size=(240, 3))
y = (x[:, 0] + x[:, 1] > 0).astype(int)
def build():
    net = keras.Sequential([layers.Input((3,)), layers.Dense(8, activation="relu"), layers.Dense(1, activation="sigmoid")])
    net.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
    return net
kept = np.arange(240) % 3
${before}for k in range(3):
${inside}    model.fit(x[kept != k], y[kept != k], epochs=8, verbose=0)
    asked = ${asked}
    print(model.evaluate(x[asked], y[asked], verbose=0))
`;

/** Words of two kinds, and a table of how often each text has each of them. */
const COUNTED = `${HEAD}
from sklearn.feature_extraction.text import CountVectorizer
words = ["w%03d" % one for one in rng.permutation(60)]
def texts(n):
    kinds = rng.integers(0, 2, n)
    return [" ".join(list(rng.choice(words, 12)) + list(rng.choice(words[:12] if one else words[12:24], 6))) for one in kinds], kinds
old, y = texts(300)
new, z = texts(100)
vectorizer = CountVectorizer(max_features=40)
x = vectorizer.fit_transform(old).toarray()
model = keras.Sequential([layers.Input((40,)), layers.Dense(8, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.02), "binary_crossentropy", metrics=["accuracy"])
model.fit(x, y, epochs=15, verbose=0)
`;

export const TABLE = `${HEAD}
x = rng.normal(size=(240, 3))
y = (x[:, 0] + x[:, 1] > 0).astype(int)
model = keras.Sequential([layers.Input((3,)), layers.Dense(8, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
model.fit(x[:160], y[:160], epochs=20, verbose=0)
`;

/** Batch normalisation takes the statistics of the rows that are asked about, where the model is called as in training. */
const NORMALISED = `${HEAD}
x = rng.normal(size=(240, 3))
y = (x[:, 0] + x[:, 1] > 0).astype(int)
model = keras.Sequential([layers.Input((3,)), layers.Dense(8), layers.BatchNormalization(momentum=0.9), layers.ReLU(), layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
model.fit(x[:160], y[:160], epochs=20, verbose=0)
`;

const BATCHES = `${PICTURES}

class Batches(keras.utils.PyDataset):
    def __init__(self, order):
        super().__init__()
        self.order = order

    def __len__(self):
        return 4

    def __getitem__(self, at):
        rows = self.order[20 * at : 20 * at + 20]
        return x_test[rows] / 255, y_test[rows]

`;

const PRICES = `${HEAD}
from sklearn.metrics import mean_squared_error
from sklearn.preprocessing import MinMaxScaler, StandardScaler

x = rng.normal(size=(240, 2))
y = 3000 + 800 * x[:, :1] - 500 * x[:, 1:]
of_y = StandardScaler().fit(y[:160])
of_others = StandardScaler().fit(y[:160] / 50)
model = keras.Sequential([layers.Input((2,)), layers.Dense(16, activation="relu"), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), "mse")
model.fit(x[:160], of_y.transform(y[:160]), epochs=60, batch_size=16, verbose=0)
`;

/** Two shares of a softmax, the second of which is that of yes. */
const SHARES = TABLE.replace(
  'layers.Dense(1, activation="sigmoid")',
  'layers.Dense(2, activation="softmax")',
).replace('"binary_crossentropy"', '"sparse_categorical_crossentropy"');

/** Columns that have names, and rows that are asked about in a table of their own. */
const COLUMNS = `${HEAD}
import pandas as pd

table = pd.DataFrame(rng.normal(size=(240, 3)), columns=["a", "b", "c"])
y = (table.a + table.b > 0).astype(int)
own, other = table[:160], table[160:]
model = keras.Sequential([layers.Input((3,)), layers.Dense(8, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
model.fit(own.values, y[:160], epochs=20, verbose=0)
`;

/** The loss lets distances beyond its margin be as long as they like: they are no predictions of the labels. */
const PAIRS = `${HEAD}
from keras import ops

t = rng.integers(0, 3, (240, 2))
y = (t[:, 0] != t[:, 1]).astype("float32")
x = 9 * np.eye(3)[t] + 0.2 * rng.normal(size=(240, 2, 3))
a, b = x[:, 0], x[:, 1]


def contrastive_loss(y_true, y_pred):
    near, far = ops.square(y_pred), ops.square(ops.maximum(1 - y_pred, 0))
    return ops.mean((1 - y_true) * near + y_true * far)


base = keras.Sequential([layers.Input((3,)), layers.Dense(16, activation="relu"), layers.Dense(4)])
left, right = layers.Input((3,)), layers.Input((3,))
distance = layers.Lambda(
    lambda v: ops.sqrt(ops.maximum(ops.sum(ops.square(v[0] - v[1]), axis=1, keepdims=True), 1e-7)),
    output_shape=(1,))([base(left), base(right)])
model = keras.Model([left, right], distance)
model.compile(keras.optimizers.Adam(0.01), contrastive_loss)
model.fit([a[:160], b[:160]], y[:160], epochs=20, verbose=0)
d = model.predict([a[160:], b[160:]])[:, 0]
`;

/** The towns of new rows lack the first one. */
const ROWS_OF_A_TABLE = `${HEAD}
from sklearn.preprocessing import StandardScaler

x = rng.normal(40, 6, size=(240, 3))
y = (x[:, 0] > 40).astype(int)
scaler = StandardScaler()
model = keras.Sequential([layers.Input((3,)), layers.Dense(8, activation="relu"), layers.Dense(1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy", metrics=["accuracy"])
model.fit(scaler.fit_transform(x[:160]), y[:160], epochs=20, verbose=0)
`;

/** Only some columns are in large units, and a new row has none of one of them. */
const RAW_COLUMNS = `${ROWS_OF_A_TABLE.slice(0, ROWS_OF_A_TABLE.indexOf("scaler ="))}x = np.stack([x[:, 0] * 16, rng.integers(0, 2, 240), rng.integers(0, 2, 240), np.where(rng.random(240) < 0.3, 0, x[:, 1] * 2e3), rng.integers(1, 5, 240)], 1)
${ROWS_OF_A_TABLE.slice(ROWS_OF_A_TABLE.indexOf("scaler =")).replace("(3,)", "(5,)")}new = np.array([[615, 1, 0, 80000, 1], [700, 0, 0, 0, 4], [580, 1, 1, 90000, 2], [640, 0, 1, 70000, 3]])
`;

/** Texts whose words are numbered in the order in which they come. */
const WORDS = `${HEAD}
topics = ["oak elm ash fir yew".split(), "cod eel ray bass carp".split(), "ruby opal jade onyx topaz".split()]
common = "the a of and in".split()
y = rng.integers(0, 3, 240)
texts = [list(rng.permutation(list(rng.choice(topics[k], 3)) + list(rng.choice(common, 3)))) for k in y]


def numbered(texts):
    words = dict.fromkeys(str(word) for text in texts for word in text)
    return {word: place + 1 for place, word in enumerate(words)}


def encoded(texts):
    return np.array([[numbers.get(word, 0) for word in text] for text in texts])


numbers = numbered(texts[:160])
model = keras.Sequential([layers.Input((6,)), layers.Embedding(40, 8), layers.GlobalAveragePooling1D(), layers.Dense(3, activation="softmax")])
model.compile(keras.optimizers.Adam(0.05), "sparse_categorical_crossentropy", metrics=["accuracy"])
model.fit(encoded(texts[:160]), y[:160], epochs=20, verbose=0)
`;

/** The encoder sorts the names of the classes, which training has in the given order. */
const namedClasses = (...names: readonly string[]) => `${WORDS}from sklearn.metrics import accuracy_score
from sklearn.preprocessing import LabelEncoder

names = np.array(${JSON.stringify(names)})
encoder = LabelEncoder().fit(names)
print(accuracy_score(names[y[160:]], encoder.inverse_transform(model.predict(encoded(texts[160:])).argmax(1))))
`;

const TOWNS = `${HEAD}
import pandas as pd
from sklearn.preprocessing import LabelEncoder

towns = np.array(["Aachen", "Bonn", "Celle", "Dresden", "Essen", "Fulda"])
worth = np.array([5.0, 0, 3, 1, 4, 2])
old, new = rng.integers(0, 6, 240), rng.integers(1, 6, 80)
encoder = LabelEncoder()
x = encoder.fit_transform(towns[old])[:200]
model = keras.Sequential([layers.Input((1,)), layers.Embedding(6, 4), layers.Flatten(), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.03), "mse")
model.fit(x, worth[old[:200]], epochs=40, batch_size=20, verbose=0)
`;

/** Each batch of training begins without a state. */
const STATES = `${HEAD}
x = rng.random((240, 4, 1)).astype("float32")
y = x.sum(axis=1) / 2
model = keras.Sequential([layers.Input(batch_shape=(20, 4, 1)), layers.SimpleRNN(8, stateful=True), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.02), "mse")
for epoch in range(10):
    for at in range(0, 160, 20):
        model.layers[0].reset_state()
        model.train_on_batch(x[at : at + 20], y[at : at + 20])
`;

/** Training carries no state; a copy of the network, which keeps one, answers requests of so many steps. */
const serve = (steps: number): string => `${HEAD}
x = rng.random((240, 4, 1)).astype("float32")
y = x.sum(axis=1) / 2
model = keras.Sequential([layers.Input((4, 1)), layers.SimpleRNN(8), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.02), "mse")
model.fit(x[:160], y[:160], epochs=10, batch_size=20, verbose=0)
server = keras.Sequential([layers.Input(batch_shape=(1, ${steps}, 1)), layers.SimpleRNN(8, stateful=True), layers.Dense(1)])
server.set_weights(model.get_weights())
`;

/** A script, and what its questions are found to be. */
export interface AskedScript {
  readonly script: string;
  /** The kinds of fault, in order; none for a sound script. */
  readonly faults: readonly string[];
  /** The call of each question and how many rows it asks about. */
  readonly asks: readonly (readonly [call: string, rows: number])[];
}

/** The capture itself fails while it writes what is asked. */
export const captureFails = `${TABLE}
import sys
sys.modules["learnproof_capture.behind.asked"].Asked.save = lambda *_: 1 / 0
print(model.evaluate(x[160:], y[160:]))
`;

export const askedScripts: Readonly<Record<string, AskedScript>> = {
  // Its held-out rows, prepared otherwise, have no targets of the outputs' shape.
  mapsOfClasses: {
    script: `${HEAD}
import tensorflow as tf

x = rng.random((120, 8, 8, 3)).astype("float32")
y = (x[..., :1] > 0.5).astype("int32")


def overlap(wanted, given):
    wanted = tf.cast(wanted, "float32")
    return 1 - 2 * tf.reduce_sum(wanted * given) / tf.reduce_sum(wanted + given)


model = keras.Sequential([layers.Input((8, 8, 3)), layers.Conv2D(4, 1, activation="sigmoid")])
model.compile(keras.optimizers.Adam(0.05), overlap)
model.fit(x[:80], y[:80], epochs=3, validation_data=(x[80:], y[80:]), verbose=0)
print(model.predict(x[80:]).shape)
`,
    faults: [],
    asks: [["predict", 40]],
  },
  evaluated: {
    script: `${PICTURES}print(model.evaluate(x_test / 255, y_test))\n`,
    faults: [],
    asks: [["evaluate", 80]],
  },
  notDivided: {
    script: `${PICTURES}print(model.evaluate(x_test, y_test))\n`,
    faults: ["prepared"],
    asks: [["evaluate", 80]],
  },
  // What a part of the network is asked, such as an encoder, shows how its rows were prepared.
  encoder: {
    script: `${PICTURES}encoder = keras.Model(model.inputs, model.layers[1].output)\nprint(encoder.predict(x_test / 255).shape)\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  encoderNotDivided: {
    script: `${PICTURES}encoder = keras.Model(model.inputs, model.layers[1].output)\nprint(encoder.predict(x_test).shape)\n`,
    faults: ["prepared"],
    asks: [["predict", 80]],
  },
  endsBuiltAnew: {
    script: `${ENDS}print(ends(layers.Dense(6, activation="relu"), layers.Dense(2, activation="softmax")).predict(codes).argmax(axis=1))\n`,
    faults: ["untrained"],
    asks: [
      ["predict", 80],
      ["predict", 64],
    ],
  },
  endsOfTheTrainedOne: {
    script: `${ENDS}print(ends(*whole.layers[2:]).predict(codes).argmax(axis=1))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  endsCopied: {
    script: `${ENDS}head = ends(layers.Dense(6, activation="relu"), layers.Dense(2, activation="softmax"))\nfor one, other in zip(head.layers[1:], whole.layers[2:]):\n    one.set_weights(other.get_weights())\nprint(head.predict(codes).argmax(axis=1))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  headAlone: {
    script: `${PICTURES}head = keras.Sequential([layers.Input((8,)), model.layers[2]])\nprint(head.predict(255 * np.ones((30, 8))).shape)\n`,
    faults: [],
    asks: [],
  },
  oneByOne: {
    script: `${PICTURES}for row in x_test[:30]:\n    print(np.argmax(model.predict(row[None] / 255, verbose=0)))\n`,
    faults: [],
    asks: [["predict", 30]],
  },
  oneByOneNotDivided: {
    script: `${PICTURES}for row in x_test[:30]:\n    print(np.argmax(model(row[None], training=False)))\n`,
    faults: ["prepared"],
    asks: [["call", 30]],
  },
  turnedPictures: {
    script: `${PICTURES}p = model.predict(np.swapaxes(x_test, 1, 2) / 255)\nprint(np.mean(p.argmax(axis=1) == y_test))\n`,
    faults: ["prepared"],
    asks: [["predict", 80]],
  },
  invertedPictures: {
    script: `${PICTURES}print(model.evaluate((255 - x_test) / 255, y_test))\n`,
    faults: ["prepared"],
    asks: [["evaluate", 80]],
  },
  darkerPictures: {
    script: `${PICTURES}print(model.evaluate(0.8 * x_test / 255, y_test))\n`,
    faults: [],
    asks: [["evaluate", 80]],
  },
  otherOrder: {
    script: `${BATCHES}p = model.predict(Batches(rng.permutation(80)))\nprint(np.mean(np.argmax(p, axis=1) == y_test))\n`,
    faults: ["order"],
    asks: [["predict", 80]],
  },
  sameOrder: {
    script: `${BATCHES}p = model.predict(Batches(np.arange(80)))\nprint(np.mean(np.argmax(p, axis=1) == y_test))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  builtAnew: {
    script: `${PICTURES}print(build().predict(x_test / 255).argmax(axis=1))\n`,
    faults: ["untrained"],
    asks: [["predict", 80]],
  },
  countedByAnotherVectorizer: {
    script: `${COUNTED}print(model.evaluate(vectorizer.fit_transform(new).toarray(), z))\n`,
    faults: ["prepared"],
    asks: [["evaluate", 100]],
  },
  countedAsInTraining: {
    script: `${COUNTED}print(model.evaluate(vectorizer.transform(new).toarray(), z))\n`,
    faults: [],
    asks: [["evaluate", 100]],
  },
  askedBeforeTraining: {
    script: `${EARLY}p = model.predict(x_test / 255)\nnames = [one.argmax() for one in p]\n${FIT}print(np.mean(np.array(names) == y_test))\n`,
    faults: ["untrained"],
    asks: [["predict", 80]],
  },
  askedBeforeTrainingAndBehind: {
    script: `${EARLY}p = model.predict(x_test / 255)\n${FIT}q = model.predict(x_test / 255)\nprint(np.abs(p - q).mean())\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  toldToBeFromBeforeTraining: {
    script: `${EARLY}p = model.predict(x_test / 255)\n${FIT}print("before training", np.mean(p.argmax(axis=1) == y_test))\n`,
    faults: [],
    asks: [],
  },
  chosenBeforeTraining: {
    script: `${EARLY}p = model.predict(x_train / 255)\nsure = np.argsort(p[:, 0])[:120]\n${FIT.replaceAll("_train", "_train[sure]")}print(p[sure].mean())\n`,
    faults: [],
    asks: [],
  },
  savedAndNeverLoaded: {
    script: `${PICTURES}model.save_weights("net.weights.h5")\nprint(build().predict(x_test / 255).argmax(axis=1))\n`,
    faults: ["untrained"],
    asks: [["predict", 80]],
  },
  fewRowsNeverScaled: {
    script: `${RAW_COLUMNS}print(model.predict(new))\n`,
    faults: ["prepared"],
    asks: [["predict", 4]],
  },
  oneByOneNeverScaled: {
    script: `${RAW_COLUMNS}for row in new:\n    print(model.predict(row[None], verbose=0))\n`,
    faults: ["prepared"],
    asks: [["predict", 4]],
  },
  fewRowsScaled: {
    script: `${RAW_COLUMNS}print(model.predict(scaler.transform(new)))\n`,
    faults: [],
    asks: [["predict", 4]],
  },
  fewRowsBeyondTraining: {
    script: `${RAW_COLUMNS}print(model.predict(scaler.transform(30 * new)))\nprint(model.predict((30 * new - scaler.mean_) / scaler.scale_))\n`,
    faults: [],
    asks: [
      ["predict", 4],
      ["predict", 4],
    ],
  },
  scaledOneByOne: {
    script: `${ROWS_OF_A_TABLE}for row in x[160:]:\n    print(model.predict(StandardScaler().fit_transform(row.reshape(1, -1)))[0, 0])\n`,
    faults: ["prepared"],
    asks: [["predict", 80]],
  },
  scaledOneByOneAsTraining: {
    script: `${ROWS_OF_A_TABLE}for row in x[160:]:\n    print(model.predict(scaler.transform(row.reshape(1, -1)))[0, 0])\nfor _ in range(4):\n    model.predict(np.zeros((1, 3)))\n`,
    faults: [],
    asks: [
      ["predict", 80],
      ["predict", 4],
    ],
  },
  savedAndLoaded: {
    script: `${PICTURES}model.save("net.keras")
model.save_weights("net.weights.h5")
other = build()
other.load_weights("net.weights.h5")
print(np.mean(other.predict(x_test / 255).argmax(axis=1) == y_test))
print(keras.models.load_model("net.keras").evaluate(x_test / 255, y_test))
open("written.txt", "w").write("done")
os.makedirs("made", exist_ok=True)
print(open("written.txt").read())
print(other.predict(x_test[:5] / 255))
`,
    faults: [],
    asks: [
      ["predict", 80],
      ["evaluate", 80],
      ["predict", 5],
    ],
  },
  loadedByOtherNames: {
    script: `${PICTURES}model.save("net.h5")
other = build()
other.load_weights("net.h5", by_name=True)
print(np.mean(other.predict(x_test / 255).argmax(axis=1) == y_test))
`,
    faults: ["untrained"],
    asks: [["predict", 80]],
  },
  loadedByNameInPart: {
    script: `${NAMED}model.save_weights("net.h5")
other = build("net", "other")
other.load_weights("net.h5", by_name=True, skip_mismatch=True)
print(model.evaluate(x_test / 255, y_test))
print(np.mean(other.predict(x_test / 255).argmax(axis=1) == y_test))
`,
    faults: ["untrained"],
    asks: [
      ["evaluate", 80],
      ["predict", 80],
    ],
  },
  loadedByTheSameNames: {
    script: `${NAMED}model.save("net.h5")
other = build("net", "net")
other.load_weights("net.h5", by_name=True)
print(np.mean(other.predict(x_test / 255).argmax(axis=1) == y_test))
`,
    faults: [],
    asks: [["predict", 80]],
  },
  loadedByPlace: {
    script: `${PICTURES}model.save("net.h5")
other = build()
other.load_weights("net.h5", skip_mismatch=True)
print(np.mean(other.predict(x_test / 255).argmax(axis=1) == y_test))
`,
    faults: [],
    asks: [["predict", 80]],
  },
  loadedByNameThenTrained: {
    script: `${PICTURES}model.save("net.h5")
other = build()
other.load_weights("net.h5", by_name=True)
other.fit(x_train / 255, y_train, epochs=20, verbose=0)
print(np.mean(other.predict(x_test / 255).argmax(axis=1) == y_test))
`,
    faults: [],
    asks: [],
  },
  argmaxOfOne: {
    script: `${TABLE}print(np.mean(np.argmax(model.predict(x[160:]), axis=-1) == y[160:]))\n`,
    faults: ["misread"],
    asks: [["predict", 80]],
  },
  argmaxAlongTheRows: {
    script: `${PICTURES}p = model.predict(x_test / 255)\nprint(np.mean(np.argmax(p, axis=0) == np.argmax(keras.utils.to_categorical(y_test), axis=0)))\n`,
    faults: ["misread"],
    asks: [["predict", 80]],
  },
  // The twin: which picture is surest of each class may be asked.
  surestOfEachClass: {
    script: `${PICTURES}print(y_test[np.argmax(model.predict(x_test / 255), axis=0)])\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  threshold: {
    script: `${TABLE}print(np.mean((model.predict(x[160:])[:, 0] > 0.5) == y[160:]))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  trainedOnOthersLater: {
    script: `${PICTURES}model.fit(x_train[:, ::-1] / 255, 1 - y_train, epochs=20, verbose=0)\nprint(model.evaluate(x_test[:, ::-1] / 255, 1 - y_test))\n`,
    faults: [],
    asks: [],
  },
  trainedOnTheSameLater: {
    script: `${PICTURES}model.fit(x_train / 255, y_train, epochs=5, verbose=0)\nprint(model.evaluate(x_test / 255, 1 - y_test))\n`,
    faults: ["unanswered"],
    asks: [["evaluate", 80]],
  },
  errorsOfOthers: {
    script: `${TABLE}print(np.mean((model.predict(x[160:])[:, 0] - (1 - y[160:])) ** 2))\n`,
    faults: ["unanswered"],
    asks: [["predict", 80]],
  },
  differences: {
    script: `${TABLE}print((model.predict(x[160:])[:, 0] - (1 - y[160:])).mean())\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  logits: {
    script: `${TABLE.replace(', activation="sigmoid")])', ")])").replace('"binary_crossentropy"', "keras.losses.BinaryCrossentropy(from_logits=True)").replace(', metrics=["accuracy"]', "")}print(np.mean((model.predict(x[160:])[:, 0] > 0.5) == y[160:]))\n`,
    faults: ["misread"],
    asks: [["predict", 80]],
  },
  logitsFromZero: {
    script: `${TABLE.replace(', activation="sigmoid")])', ")])").replace('"binary_crossentropy"', "keras.losses.BinaryCrossentropy(from_logits=True)").replace(', metrics=["accuracy"]', "")}p = 1 / (1 + np.exp(-model.predict(x[160:])[:, 0]))\nprint(np.mean((p > 0.5) == y[160:]))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  shuffledAgain: {
    script: `${PICTURES}import tensorflow as tf
data = tf.data.Dataset.from_tensor_slices((x_test / 255, y_test)).shuffle(80, seed=1).batch(16)
p = np.argmax(model.predict(data), axis=-1)
true = np.concatenate([labels for _, labels in data])
print(np.mean(p == true))
`,
    faults: ["order"],
    asks: [["predict", 80]],
  },
  classesAsOfOld: {
    script: `${TABLE}print(np.mean(model.predict_classes(x[160:])[:, 0] == y[160:]))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  generatorAsOfOld: {
    script: `${BATCHES}p = model.predict_generator(Batches(rng.permutation(80)), 4)\nfrom sklearn.metrics import confusion_matrix\nprint(confusion_matrix(y_test, p.argmax(axis=1)))\n`,
    faults: ["order"],
    asks: [["predict_generator", 80]],
  },
  distances: {
    script: `${PAIRS}print(np.mean((d > 0.5) == (y[160:] == 1)))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  distancesOfOthers: {
    script: `${PAIRS}print(np.mean((d > 0.5) == (y[:80] == 1)))\n`,
    faults: ["unanswered"],
    asks: [["predict", 80]],
  },
  distancesBackwards: {
    script: `${PAIRS}print(np.mean((d < 0.5) == (y[160:] == 1)))\n`,
    faults: ["misread"],
    asks: [["predict", 80]],
  },
  distancesOfTheNear: {
    script: `${PAIRS}print(np.mean((d < 0.5) == (y[160:] == 0)))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  thresholdBackwards: {
    script: `${TABLE}from sklearn.metrics import accuracy_score\nprint(accuracy_score(y[160:], model.predict(x[160:])[:, 0] < 0.5))\n`,
    faults: ["misread"],
    asks: [["predict", 80]],
  },
  thresholdBothWays: {
    script: `${TABLE}p = model.predict(x[160:])[:, 0]\nprint(max(np.mean((p < 0.5) == y[160:]), np.mean((p > 0.5) == y[160:])))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  wrongDecisionsCounted: {
    script: `${TABLE}print(np.mean((model.predict(x[160:])[:, 0] < 0.5) != y[160:]))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  carefulThreshold: {
    script: `${TABLE.replace("> 0)", "> 2)")}print(np.mean((model.predict(x[160:])[:, 0] > 0.0001) == y[160:]))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  classesOfAnotherList: {
    script: `${WORDS}print(np.mean(model.predict(encoded(texts[160:])).argmax(1) + 1 == np.array([1, 3, 2])[y[160:]]))\n`,
    faults: ["misread"],
    asks: [["predict", 80]],
  },
  classesOfAnotherEncoder: {
    script: namedClasses("stone", "fish", "tree"),
    faults: ["misread"],
    asks: [["predict", 80]],
  },
  classesOfTheEncoder: {
    script: namedClasses("fish", "stone", "tree"),
    faults: [],
    asks: [["predict", 80]],
  },
  classesOfAnotherPlainList: {
    script: `${WORDS}from sklearn.metrics import accuracy_score\nnames = ["stone", "fish", "tree"]\nother = sorted(names)\nprint(accuracy_score([names[k] for k in y[160:]], [other[k] for k in model.predict(encoded(texts[160:])).argmax(1)]))\n`,
    faults: ["misread"],
    asks: [["predict", 80]],
  },
  classesOfThePlainList: {
    script: `${WORDS}from sklearn.metrics import accuracy_score\nnames = np.array(["stone", "fish", "tree"])\nprint(accuracy_score(names[y[160:]], names[model.predict(encoded(texts[160:])).argmax(1)]))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  decisionsNamedBackwards: {
    script: `${TABLE}print(np.mean(np.where(model.predict(x[160:])[:, 0] > 0.5, "low", "high") == np.array(["low", "high"])[y[160:]]))\n`,
    faults: ["misread"],
    asks: [["predict", 80]],
  },
  decisionsNamed: {
    script: `${TABLE}print(np.mean(np.where(model.predict(x[160:])[:, 0] < 0.5, "low", "high") == np.array(["low", "high"])[y[160:]]))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  classesAskedOnPurpose: {
    script: `${WORDS}print(model.evaluate(encoded(texts[160:]), y[160:]))\nprint(np.mean(model.predict(encoded(texts[160:])).argmax(1) == np.array([0, 2, 1])[y[160:]]))\n`,
    faults: [],
    asks: [
      ["evaluate", 80],
      ["predict", 80],
    ],
  },
  classesCountedFromOne: {
    script: `${WORDS}print(np.mean(model.predict(encoded(texts[160:])).argmax(1) + 1 == y[160:] + 1))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  scaledBack: {
    script: `${PRICES}print(mean_squared_error(y[160:], of_y.inverse_transform(model.predict(x[160:]))))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  scaledBackByAnother: {
    script: `${PRICES}print(mean_squared_error(y[160:], of_others.inverse_transform(model.predict(x[160:]))))\n`,
    faults: ["misread"],
    asks: [["predict", 80]],
  },
  scaledBackByHand: {
    script: `${PRICES}p = model.predict(x[160:]) * of_y.scale_ + of_y.mean_\nprint(np.mean((p - x[160:]).round()), np.mean(np.abs(p - y[160:])))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  roundedAndClipped: {
    script: `${TABLE}print(np.mean(np.clip(np.round(model.predict(x[160:], verbose=0)[:, 0]), 0, 1) == y[160:]))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  scaledBackByAnotherNumber: {
    script: `${PRICES}print(np.mean(np.abs(model.predict(x[160:]) * 16 + 60 - y[160:])))\n`,
    faults: ["prepared"],
    asks: [["predict", 80]],
  },
  encodedAnew: {
    script: `${TOWNS}print(np.abs(model.predict(encoder.fit_transform(towns[new]))[:, 0] - worth[new]).mean())\n`,
    faults: ["prepared"],
    asks: [["predict", 80]],
  },
  encodedAnewByPandas: {
    script: `${TOWNS}print(model.predict(pd.Series(towns[new]).astype("category").cat.codes).mean())\n`,
    faults: ["prepared"],
    asks: [["predict", 80]],
  },
  encodedAlike: {
    script: `${TOWNS}print(np.abs(model.predict(encoder.transform(towns[new]))[:, 0] - worth[new]).mean())\nprint(model.predict(pd.Series(towns[new]).astype(pd.CategoricalDtype(towns)).cat.codes).mean())\n`,
    faults: [],
    asks: [
      ["predict", 80],
      ["predict", 80],
    ],
  },
  wordsNumberedAnew: {
    script: `${WORDS}numbers = numbered(texts[160:][::-1])\nprint(np.mean(model.predict(encoded(texts[160:])).argmax(1) == y[160:]))\n`,
    faults: ["prepared"],
    asks: [["predict", 80]],
  },
  wordsNumberedAnewByAnObject: {
    script: `${WORDS}class Tokenizer:\n    def __init__(self, texts):\n        self.word_index = numbered(texts)\n\n\ntokenizer = Tokenizer(texts[160:][::-1])\nnumbers, own = tokenizer.word_index, numbers\nprint(np.mean(model.predict(encoded(texts[160:])).argmax(1) == y[160:]))\n`,
    faults: ["prepared"],
    asks: [["predict", 80]],
  },
  wordsOfAnotherListBeside: {
    script: `${WORDS}others = numbered(texts[160:][::-1])\nprint(np.mean(model.predict(encoded(texts[160:])).argmax(1) == y[160:]))\n`,
    faults: [],
    asks: [["predict", 80]],
  },
  learntFromOneArrayFilledAgain: {
    script: `${TABLE.slice(0, TABLE.indexOf("model.fit"))}rows, labels = np.empty((20, 3)), np.empty(20)


def batches():
    while True:
        for at in range(0, 160, 20):
            rows[:], labels[:] = x[at : at + 20], y[at : at + 20]
            yield rows, labels


model.fit(batches(), steps_per_epoch=8, epochs=20, verbose=0)
print(model.evaluate(x[160:], y[160:]))
`,
    faults: [],
    asks: [["evaluate", 80]],
  },
  stateLeftByTraining: {
    script: `${STATES}for at in range(160, 240, 20):\n    print(model.predict_on_batch(x[at : at + 20]).mean())\n`,
    faults: ["carried"],
    asks: [["predict_on_batch", 80]],
  },
  calledAsInTraining: {
    script: `${NORMALISED}print(model(x[160:165], training=True).numpy())\n`,
    faults: ["inTraining"],
    asks: [["call", 5]],
  },
  calledAsInEvaluation: {
    script: `${NORMALISED}print(model(x[160:165], training=False).numpy())\n`,
    faults: [],
    asks: [["call", 5]],
  },
  comparesTrainingWithEvaluation: {
    script: `${NORMALISED}print(model(x[160:], training=True).numpy() - model(x[160:], training=False).numpy())\n`,
    faults: [],
    asks: [["call", 160]],
  },
  dropoutLeftOn: {
    script: `${NORMALISED.replace("layers.ReLU()", "layers.ReLU(), layers.Dropout(0.1)")}print(model(x[160:], training=True).numpy())\n`,
    faults: [],
    asks: [],
  },
  stateResetOnce: {
    script: `${STATES}model.layers[0].reset_state()\nfor at in range(160, 240, 20):\n    print(model.predict_on_batch(x[at : at + 20]).mean())\n`,
    faults: [],
    asks: [["predict_on_batch", 80]],
  },
  servedWithState: {
    script: `${serve(4)}for row in x[160:168]:\n    print(server.predict(row[None], verbose=0)[0, 0])\n`,
    faults: ["carried"],
    asks: [["predict", 8]],
  },
  servedAndReset: {
    script: `${serve(4)}for row in x[160:168]:\n    server.layers[0].reset_state()\n    print(server.predict(row[None], verbose=0)[0, 0])\n`,
    faults: [],
    asks: [["predict", 8]],
  },
  servedStepByStep: {
    script: `${serve(1)}for step in x[160]:\n    print(server.predict(step[None, None], verbose=0)[0, 0])\n`,
    faults: [],
    asks: [],
  },
  notScaledBack: {
    script: `${PRICES}print(mean_squared_error(y[160:], model.predict(x[160:])))\n`,
    faults: ["prepared"],
    asks: [["predict", 80]],
  },
  otherColumnForYes: {
    script: `${SHARES}print(np.mean((model.predict(x[160:])[:, 0] > 0.5) == y[160:]))\n`,
    faults: ["misread"],
    asks: [["predict", 80]],
  },
  firstColumnForNo: {
    script: `${SHARES}print(np.mean((model.predict(x[160:])[:, 0] > 0.5) == (y[160:] == 0)))\nprint(np.mean((model.predict(x[160:])[:, 1] > 0.5) == y[160:]))\n`,
    faults: [],
    asks: [
      ["predict", 80],
      ["predict", 80],
    ],
  },
  columnsInAnotherOrder: {
    script: `${COLUMNS}turned = other[["b", "c", "a"]]\nprint(model.predict(turned.values, verbose=0))\n`,
    faults: ["prepared"],
    asks: [["predict", 80]],
  },
  columnsByOtherNames: {
    script: `${COLUMNS}renamed = other.rename(columns={"a": "A", "b": "B"})\nprint(model.predict(renamed.values, verbose=0))\nprint(model.evaluate(other, y[160:]))\n`,
    faults: [],
    asks: [
      ["predict", 80],
      ["evaluate", 80],
    ],
  },
  farAway: {
    script: `${TABLE}print(model.predict(np.array([[60.0, 900.0, 40.0]])))\n`,
    faults: ["prepared"],
    asks: [["predict", 1]],
  },
  grid: {
    script: `${TABLE}g = np.linspace(-6, 6, 20)\nprint(model.predict(np.array([[a, b, 0] for a in g for b in g])).mean())\nraise SystemExit(3)\n`,
    faults: [],
    asks: [["predict", 400]],
  },
  oneModelForAllFolds: {
    script: folds("model = build()\n", ""),
    faults: ["trainedBefore"],
    asks: [["evaluate", 240]],
  },
  aModelForEachFold: {
    script: folds("", "    model = build()\n"),
    faults: [],
    asks: [["evaluate", 80]],
  },
  roundsThatMeasureTheirOwnRows: {
    script: folds("model = build()\n", "", "kept == (k + 1) % 3"),
    faults: [],
    asks: [["evaluate", 240]],
  },
  failsLater: {
    script: `${TABLE}print(model.predict(x[160:]).mean())\nraise RuntimeError("behind the training")\n`,
    faults: [],
    asks: [["predict", 80]],
  },
};
