// Scripts whose loops open a GradientTape, and what their captures must hold.

/** What the capture of a loop must hold; what is left out is as in the plain loop. */
export interface TapeLoop {
  readonly script: string;
  /** @defaultValue mean_squared_error */
  readonly loss?: unknown;
  /** Settings of the optimizer. */
  readonly optimizer?: object;
  /** @defaultValue 4 */
  readonly epochs?: number;
  /** Whether the model is called as in training. @defaultValue true */
  readonly training?: boolean;
  readonly targets?: readonly number[];
  readonly note?: RegExp;
  /** What stands in the model's JSON, and what does not. */
  readonly model?: RegExp;
  readonly notModel?: RegExp;
  /** Why the loop cannot be captured. */
  readonly refused?: RegExp;
  /** Whether the captured program learns, and a cause that is named where it does not. */
  readonly judged?: { readonly learns: boolean; readonly cause?: string };
}

const start = `import numpy as np
import tensorflow as tf

random = np.random.RandomState(1)
x = random.uniform(-1, 1, (64, 3)).astype("float32")
y = (x[:, :1] * 2 - x[:, 1:2] + 0.5 * x[:, 2:3] ** 2).astype("float32")
labels = (y[:, 0] > 0).astype("int64") + (y[:, 0] > 1).astype("int64")
`;

interface Parts {
  readonly layers?: string;
  readonly loss?: string;
  readonly variables?: string;
  readonly gradients?: string;
  readonly data?: string;
  readonly epochs?: number;
  readonly rate?: number;
  readonly decorated?: boolean;
  readonly shuffled?: boolean;
}

/** In so many epochs, at such a rate, the plain loop learns. */
export const LEARNS = { epochs: 15, rate: 0.05 };

/** A loop whose step is a function. */
export function loop({
  layers = "Dense(16, activation='tanh'), Dense(1)",
  loss = "loss = tf.reduce_mean(tf.square(targets - model(inputs, training=True)))",
  variables = "model.trainable_variables",
  gradients = "gradients",
  data = "(x, y)",
  epochs = 4,
  rate = 0.01,
  decorated = true,
  shuffled = true,
}: Parts = {}): string {
  const layer = layers.replace(/\b([A-Z]\w+)\(/g, "tf.keras.layers.$1(");
  return `${start}
model = tf.keras.Sequential([tf.keras.Input((3,)), ${layer}])
optimizer = tf.keras.optimizers.Adam(${rate})
batches = tf.data.Dataset.from_tensor_slices(${data})${shuffled ? ".shuffle(64, seed=1)" : ""}.batch(16)

${decorated ? "@tf.function" : ""}
def step(inputs, targets):
    with tf.GradientTape() as tape:
        ${loss.replaceAll("\n", "\n        ")}
    gradients = tape.gradient(loss, ${variables})
    optimizer.apply_gradients(zip(${gradients}, ${variables}))
    return loss

for epoch in range(${epochs}):
    for inputs, targets in batches:
        step(inputs, targets)
`;
}

const rounded: Parts = {
  loss: "loss = tf.reduce_mean(tf.abs(targets - tf.round(model(inputs, training=True))))",
};

/** The gradients, with others where the tape has none. */
function filledBy(name: string): string {
  return `[tf.${name}(one) if gradient is None else gradient for gradient, one in zip(gradients, model.trainable_variables)]`;
}

/** A loop that adds up the gradients of two batches of 8 rows. */
function accumulated({
  layers = "Dense(16, activation='tanh'), Dense(1)",
  loss = "tf.reduce_mean(tf.square(targets - model(inputs, training=True)))",
  emptied = true,
  epochs = 4,
  rate = 0.01,
} = {}): string {
  const layer = layers.replace(/\b([A-Z]\w+)\(/g, "tf.keras.layers.$1(");
  return `${start}
model = tf.keras.Sequential([tf.keras.Input((3,)), ${layer}])
optimizer = tf.keras.optimizers.Adam(${rate})
held = [tf.Variable(tf.zeros(one.shape), trainable=False) for one in model.trainable_variables]

@tf.function
def collect(inputs, targets):
    with tf.GradientTape() as tape:
        loss = ${loss} / 2
    for store, one in zip(held, tape.gradient(loss, model.trainable_variables)):
        store.assign_add(one)

for epoch in range(${epochs}):
    for part, (inputs, targets) in enumerate(tf.data.Dataset.from_tensor_slices((x, y)).shuffle(64, seed=1).batch(8)):
        collect(inputs, targets)
        if part % 2 == 1:
            optimizer.apply_gradients([(store.read_value(), one) for store, one in zip(held, model.trainable_variables)])
            ${emptied ? "[store.assign(tf.zeros_like(store)) for store in held]" : "pass"}
`;
}

/** A loop that trains one model, and then in the same step another one by a loss of what `answer` computes. */
function rivals(answer: string): string {
  return `${start}
rival = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(1)], name="rival")
model = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(3)], name="model")
first, second = tf.keras.optimizers.Adam(0.01), tf.keras.optimizers.Adam(0.01)
for epoch in range(4):
    for inputs, targets in tf.data.Dataset.from_tensor_slices((x, y)).batch(16):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(targets - rival(inputs, training=True)))
        first.apply_gradients(zip(tape.gradient(loss, rival.trainable_variables), rival.trainable_variables))
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(1 - targets - ${answer}))
        second.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
`;
}

const sparse = { class_name: "SparseCategoricalCrossentropy", config: { from_logits: true } };

export const tapeLoops: Readonly<Record<string, TapeLoop>> = {
  plainStep: { script: loop(LEARNS), epochs: 15, targets: [64, 1], judged: { learns: true } },
  undecoratedStep: { script: loop({ decorated: false }) },
  loopOfTheScript: {
    script: `${start}
model = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(8), tf.keras.layers.Dense(1)])
optimizer = tf.keras.optimizers.Adam()
loss_of = tf.keras.losses.MeanSquaredError()
for epoch in range(4):
    for at in range(0, 64, 16):
        xs, ys = x[at : at + 16], y[at : at + 16]
        with tf.GradientTape() as tape:
            predicted = model(xs, training=True)
            value = loss_of(ys, predicted)
        optimizer.apply_gradients(zip(tape.gradient(value, model.trainable_weights), model.trainable_weights))
`,
  },
  stepOfAClass: {
    script: `${start}
class Trainer:
    def __init__(self):
        self.model = tf.keras.Sequential([tf.keras.Input((3,)), tf.keras.layers.Dense(8), tf.keras.layers.Dense(1)])
        self.optimizer = tf.keras.optimizers.Adam()

    @tf.function(reduce_retracing=True)
    def step(self, batch):
        inputs, targets = batch
        with tf.GradientTape() as tape:
            loss = self.loss(targets, self.model(inputs, training=True))
        weights = self.model.trainable_weights
        self.optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))

    def loss(self, wanted, given):
        return tf.reduce_mean((wanted - given) ** 2)

trainer = Trainer()
for epoch in range(4):
    for batch in tf.data.Dataset.from_tensor_slices((x, y)).batch(16):
        trainer.step(batch)
`,
  },
  ownTrainStep: {
    script: `${start}
class Own(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.hidden, self.last = tf.keras.layers.Dense(8, activation="tanh"), tf.keras.layers.Dense(1)

    def call(self, inputs):
        return self.last(self.hidden(inputs))

    def train_step(self, data):
        inputs, targets = data
        with tf.GradientTape() as tape:
            predicted = self(inputs, training=True)
            loss = tf.reduce_mean(tf.square(targets - predicted))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        return {"loss": loss}

model = Own()
model.compile(optimizer=tf.keras.optimizers.Adam(0.01))
model.fit(x, y, batch_size=16, epochs=4, verbose=0)
`,
  },
  ownTrainStepOfAGraph: {
    script: `${start}
class Own(tf.keras.Model):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kept = tf.keras.metrics.Mean(name="kept")

    def train_step(self, data):
        inputs, targets = data
        with tf.GradientTape() as tape:
            predicted = self(inputs, training=True)
            loss = tf.reduce_mean(tf.square(targets - predicted))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        self.kept.update_state(loss)
        return {"loss": self.kept.result()}

first = tf.keras.Input((x.shape[1],))
model = Own(first, tf.keras.layers.Dense(1)(tf.keras.layers.Dense(8, activation="tanh")(first)))
model.compile(optimizer=tf.keras.optimizers.Adam(0.01))
model.fit(x, y, batch_size=16, epochs=30, verbose=0)
`,
    epochs: 30,
    note: /watched for 2 of its 30 epochs/,
    model: /"units": ?8/,
  },
  stepThatCountsInPython: {
    script: `${start}
class Own(tf.keras.Model):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen, self.held = 0, None

    def train_step(self, data):
        inputs, targets = data
        with tf.GradientTape() as tape:
            predicted = self(inputs, training=True)
            loss = tf.reduce_mean(tf.square(targets - predicted))
        gradients = tape.gradient(loss, self.trainable_variables)
        self.held = gradients if self.held is None else [a + b for a, b in zip(self.held, gradients)]
        self.seen += 1
        if self.seen % 2 == 0:
            self.optimizer.apply_gradients(zip(self.held, self.trainable_variables))
            self.held = None
        return {"loss": loss}

first = tf.keras.Input((x.shape[1],))
model = Own(first, tf.keras.layers.Dense(1)(tf.keras.layers.Dense(8, activation="tanh")(first)))
model.compile(optimizer=tf.keras.optimizers.Adam(0.01))
model.fit(x, y, batch_size=8, epochs=30, verbose=0)
`,
    epochs: 30,
    loss: "traced",
    judged: { learns: false, cause: "no-updates" },
  },
  classesOfLogits: {
    script: loop({
      layers: "Dense(16, activation='tanh'), Dense(3)",
      data: "(x, labels)",
      loss: "loss = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)(targets, model(inputs, training=True))",
    }),
    loss: sparse,
    targets: [64],
  },
  twoSoftmaxes: {
    script: loop({
      layers: "Dense(16, activation='tanh'), Dense(3, activation='softmax')",
      data: "(x, labels)",
      loss: "scores = model(inputs, training=True)\nloss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=targets, logits=scores))",
    }),
    loss: sparse,
    judged: { learns: false, cause: "wrong-loss" },
  },
  oneLayerOfTwo: {
    script: loop({ variables: "model.layers[-1].trainable_variables" }),
    note: /the loop gives the optimizer no weight of dense/,
    model: /"trainable": ?false/,
  },
  calledAsInEvaluation: {
    script: loop({
      layers: "Dense(16), BatchNormalization(), Dropout(0.5), Dense(1)",
      loss: "loss = tf.reduce_mean(tf.square(targets - model(inputs)))",
    }),
    training: false,
    note: /calls its model without training=True, so that batch_normalization\w*, dropout\w* compute as in evaluation/,
    judged: { learns: false, cause: "frozen-layer-moves" },
  },
  meanOverTheBatchAlone: {
    script: loop({
      loss: "loss = tf.square(tf.reduce_mean(targets, 0) - tf.reduce_mean(model(inputs, training=True), 0))[0]",
      shuffled: false,
      epochs: 20,
    }),
    loss: "traced",
    epochs: 20,
    judged: { learns: false, cause: "loss-over-the-batch" },
  },
  withPenalties: {
    script: loop({
      layers: "Dense(16, kernel_regularizer='l2'), Dense(1)",
      loss: "loss = tf.reduce_mean(tf.square(targets - model(inputs, training=True)))\nloss += tf.add_n(model.losses)",
    }),
    model: /"kernel_regularizer": ?\{/,
  },
  withoutPenalties: {
    script: loop({ layers: "Dense(16, kernel_regularizer='l2'), Dense(1)" }),
    notModel: /"kernel_regularizer": ?\{/,
  },
  clippedTogether: {
    script: loop({ gradients: "tf.clip_by_global_norm(gradients, 0.5)[0]" }),
    optimizer: { global_clipnorm: 0.5 },
  },
  climbing: {
    script: loop({ gradients: "[-one for one in gradients]", epochs: 20 }),
    loss: "traced",
    epochs: 20,
    judged: { learns: false, cause: "gradient-of-the-wrong-sign" },
  },
  weightsBesideTargets: {
    script: loop({
      data: "(x, np.concatenate([y, 1 + 0 * y], 1))",
      loss: "loss = tf.reduce_mean(targets[:, 1:] * tf.square(targets[:, :1] - model(inputs, training=True)))",
    }),
    loss: "traced",
    targets: [64, 2],
  },
  autoencoder: {
    script: loop({
      layers: "Dense(2), Dense(3)",
      loss: "loss = tf.reduce_mean(tf.square(inputs - model(inputs, training=True)))",
    }),
    targets: [64, 3],
  },
  neverApplied: {
    script: loop().replace("    optimizer.apply_gradients(zip(gradients, model.trainable_variables))\n", ""),
    epochs: 4,
    judged: { learns: false, cause: "no-updates" },
  },
  changedGradients: {
    script: loop({ gradients: "[tf.sign(one) for one in gradients]" }),
    refused: /^changes its gradients in a way of its own/,
  },
  accumulated: {
    script: accumulated(LEARNS),
    epochs: 15,
    targets: [64, 1],
    note: /adds up the gradients of 2 batches before it applies them: they are taken as one/,
    judged: { learns: true },
  },
  accumulatedProbabilities: {
    script: accumulated({
      layers: "Dense(16, activation='tanh'), Dense(1, activation='sigmoid')",
      loss: "tf.reduce_mean(tf.keras.losses.binary_crossentropy(tf.cast(targets > 0, 'float32'), model(inputs, training=True)))",
    }),
    loss: "traced",
    targets: [64, 1],
    note: /adds up the gradients of 2 batches before it applies them: they are taken as one/,
  },
  accumulatedForEver: {
    script: accumulated({ emptied: false }),
    refused: /^applies the sum of the gradients of 2 batches at first, and of others later/,
  },
  accumulatedWithStatistics: {
    script: accumulated({ layers: "Dense(16), BatchNormalization(), Dense(1)" }),
    refused: /^adds up the gradients of 2 batches, which differ from those of one larger batch/,
  },
  accumulatedMeansOfBatches: {
    script: accumulated({
      loss: "tf.square(tf.reduce_mean(targets) - tf.reduce_mean(model(inputs, training=True)))",
    }),
    refused: /^adds up the gradients of 2 batches, which differ from those of one larger batch/,
  },
  rivals: {
    script: rivals("rival(model(inputs))"),
    refused: /^trains model by what rival answers, and rival by itself/,
  },
  // The twin: another model of the same loop, which does not read the first.
  twoModelsSideBySide: {
    script: rivals("model(inputs)"),
  },
  lossOfNoTargets: {
    script: loop({ loss: "loss = tf.reduce_mean(tf.square(model(inputs, training=True)))" }),
    refused: /^has a loss in its tape that depends on no targets/,
  },
  // Zeros where the tape has no gradient, behind a loss that rounds the answers: no step changes a weight.
  zerosForMissingGradients: {
    script: loop({ ...rounded, gradients: filledBy("zeros_like") }),
    loss: "traced",
    judged: { learns: false, cause: "no-updates" },
  },
  // The twin: ones are steps that no gradient of the loss made.
  onesForMissingGradients: {
    script: loop({ ...rounded, gradients: filledBy("ones_like") }),
    refused: /^applies gradients that its tape did not compute/,
  },
};
