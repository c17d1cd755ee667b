// Scripts that hold more of their examples than they give to fit, and some that hold nothing else.

const HEAD = `import random
import numpy as np
import keras
from keras import layers

keras.utils.set_random_seed(3)
rng = np.random.default_rng(0)
x = rng.normal(size=(300, 3)).astype("float32")
y = (2 * x[:, 0] - x[:, 1]).astype("float32")
`;

const FIT = `
model = keras.Sequential([layers.Input((3,)), layers.Dense(12, activation="relu"), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.01), "mse")
`;

const SPLIT = `${FIT}
model.fit(x[:240], y[:240], epochs=40, validation_data=(x[240:], y[240:]), verbose=0)
`;

const SCALED = `
from sklearn.preprocessing import StandardScaler
scaler = StandardScaler()
y[240:] = 0.2 * y[240:] + 1
x_train = scaler.fit_transform(x[:240])`;

const FIT_SCALED = `${FIT}
model.fit(x_train, y[:240], epochs=40, validation_data=(x_val, y[240:]), verbose=0)
`;

/** Features of a network that never trains, for rows in the order in which a generator of pictures gives them. */
const features = (shuffle: "True" | "False") => `
from tensorflow.keras.preprocessing.image import ImageDataGenerator
base = keras.Sequential([layers.Input((1, 3, 1)), layers.Flatten(), layers.Dense(3)])
pictures = ImageDataGenerator().flow(x.reshape(-1, 1, 3, 1), batch_size=30, shuffle=${shuffle}, seed=5)
x = base.predict(pictures, verbose=0)`;

/** Pictures of a bright bar, and where it stands. */
const PICTURES = `${HEAD}
points = rng.uniform(0.15, 0.85, size=(300, 1)).astype("float32")
pictures = np.exp(-((np.arange(10)[None, None, :] / 9 - points[:, None]) ** 2) / 0.02) * rng.uniform(0.7, 1, size=(300, 10, 1))
pictures = pictures.astype("float32")[..., None]
model = keras.Sequential([layers.Input((10, 10, 1)), layers.Flatten(), layers.Dense(24, activation="relu"), layers.Dense(1)])
model.compile(keras.optimizers.Adam(0.003), "mse")
`;

/** Lines with an object, and masks of 255 where it is. */
const MASKS = `${HEAD}
masks = 255 * (np.abs(np.arange(12)[None] - rng.uniform(2, 10, size=(300, 1))) < 3)
x = (masks[..., None] / 255 + rng.normal(0, 0.1, size=(300, 12, 1))).astype("float32")
model = keras.Sequential([layers.Input((12, 1)), layers.Conv1D(8, 3, padding="same", activation="relu"), layers.Dense(2, activation="softmax")])
model.compile(keras.optimizers.Adam(0.01), "categorical_crossentropy")
`;

/** A dataset, which alone holds the rows. */
const DATASET = `
import tensorflow as tf
rows = tf.data.Dataset.from_tensor_slices((x[:240], y[:240])).batch(3)
held_out = (x[240:], y[240:])
del x, y
`;

interface HeldScript {
  readonly script: string;
  /** What the versions that the script holds are of. */
  readonly holds: readonly string[];
  /** The versions that mend it; none where it is sound. */
  readonly mends: readonly number[];
}

/** By the name of the script. */
export const heldScripts: Readonly<Record<string, HeldScript>> = {
  sound: { script: `${HEAD}${SPLIT}`, holds: [], mends: [] },
  noise: { script: `${HEAD}y = rng.normal(size=300).astype("float32")${SPLIT}`, holds: [], mends: [] },
  shuffledAlone: {
    script: `${HEAD}np.random.shuffle(x)${SPLIT}`,
    holds: ["targets", "targets", "heldOutTargets", "heldOutTargets"],
    mends: [0, 2],
  },
  shuffledByAGenerator: {
    script: `${HEAD}y = y / 2
rng.shuffle(y)${SPLIT}`,
    holds: ["targets", "targets", "heldOutTargets", "heldOutTargets"],
    mends: [1, 3],
  },
  featuresOfAGenerator: {
    script: `${HEAD}${features("True")}${SPLIT}`,
    holds: ["targets", "targets", "heldOutTargets", "heldOutTargets"],
    mends: [0, 2],
  },
  featuresInOrder: { script: `${HEAD}${features("False")}${SPLIT}`, holds: [], mends: [] },
  drawnTwice: {
    script: `${HEAD}${FIT}
def batches():
    while True:
        yield x[rng.choice(240, 16)], y[rng.choice(240, 16)]

model.fit(batches(), steps_per_epoch=15, epochs=40, validation_data=(x[240:], y[240:]), verbose=0)
`,
    holds: ["targets"],
    mends: [0],
  },
  sameBatch: {
    script: `${HEAD}${FIT}
def batches():
    while True:
        yield x[:3], y[:3]

model.fit(batches(), steps_per_epoch=15, epochs=40, validation_data=(x[240:], y[240:]), verbose=0)
`,
    holds: ["rows"],
    mends: [0],
  },
  sliceForATrial: {
    script: `${HEAD}${FIT}
model.fit(x[:5], y[:5], epochs=10, validation_data=(x[240:], y[240:]), batch_size=5, verbose=0)
`,
    holds: ["rows"],
    mends: [],
  },
  scaledAnew: {
    script: `${HEAD}${SCALED}
x_val = StandardScaler().fit_transform(x[240:] * 0.2 + 1)${FIT_SCALED}`,
    holds: ["inputs"],
    mends: [0],
  },
  scaledByOneScaler: {
    script: `${HEAD}${SCALED}
x_val = scaler.transform(x[240:] * 0.2 + 1)${FIT_SCALED}`,
    holds: [],
    mends: [],
  },
  tornColumns: {
    script: `${HEAD}a, b, c = x.T
x = np.array([a, b, c]).reshape(-1, 3)${SPLIT}`,
    holds: ["axes"],
    mends: [0],
  },
  sizesDividedAway: {
    script: `${HEAD}raw = np.abs(x)
y = raw.sum(axis=1) / 2
x = raw / np.linalg.norm(raw, axis=1, keepdims=True)${SPLIT}`,
    holds: ["inputs"],
    mends: [0],
  },
  mirroredWithoutTheirPoints: {
    script: `${PICTURES}
def batches():
    while True:
        rows = rng.choice(240, 16)
        shown = pictures[rows].copy()
        turned = rng.random(16) < 0.5
        shown[turned] = shown[turned][:, :, ::-1]
        yield shown, points[rows]

model.fit(batches(), steps_per_epoch=15, epochs=25, validation_data=(pictures[240:], points[240:]), verbose=0)
`,
    holds: ["unchanged"],
    mends: [0],
  },
  mirroredByKeras: {
    script: `${PICTURES}
from tensorflow.keras.preprocessing.image import ImageDataGenerator
loader = ImageDataGenerator(horizontal_flip=True).flow(pictures[:240], points[:240], batch_size=16)
model.fit(loader, epochs=25, validation_data=(pictures[240:], points[240:]), verbose=0)
`,
    holds: ["unchanged"],
    mends: [0],
  },
  onlyScaledByALoader: {
    script: `${PICTURES}
shades = (255 * pictures).round()
def batches():
    while True:
        rows = rng.choice(240, 16)
        yield shades[rows] / 255, points[rows]

model.fit(batches(), steps_per_epoch=15, epochs=2, validation_data=(shades[240:] / 255, points[240:]), verbose=0)
`,
    holds: [],
    mends: [],
  },
  datasetBegunAnew: {
    script: `${HEAD}${DATASET}
def batches(rows):
    while True:
        yield next(iter(rows))
${FIT}
model.fit(batches(rows), steps_per_epoch=80, epochs=10, validation_data=held_out, verbose=0)
`,
    holds: ["rows"],
    mends: [0],
  },
  datasetGoneThrough: {
    script: `${HEAD}${DATASET}
def batches(rows):
    for batch in rows:
        yield batch
${FIT}
model.fit(batches(rows.repeat()), steps_per_epoch=80, epochs=2, validation_data=held_out, verbose=0)
`,
    holds: [],
    mends: [],
  },
  maskedByAnotherNumber: {
    script: `${MASKS}y = np.stack([masks == 0, masks == 1], axis=-1).astype("float32")
model.fit(x, y, epochs=30, verbose=0)
`,
    holds: ["classes"],
    mends: [0],
  },
  maskedByItsOwnNumber: {
    script: `${MASKS}y = np.stack([masks == 0, masks == 255], axis=-1).astype("float32")
model.fit(x, y, epochs=1, verbose=0)
`,
    holds: [],
    mends: [],
  },
  roundedAway: {
    script: `${HEAD}raw = np.abs(x)
y = 2 * raw[:, 0] - raw[:, 1]
x = raw // 255${SPLIT}`,
    holds: ["inputs"],
    mends: [0],
  },
};
