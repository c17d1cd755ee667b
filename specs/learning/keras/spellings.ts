// Short scripts as people wrote Keras from 2015 to 2024, each for one claim about the capture.

import { expect } from "vitest";

/** What the capture of a script must give: facts of the captured program, or the reason why there is none. */
export interface Spelling {
  readonly script: string;
  /** Shape of the first input's examples. */
  readonly x?: readonly number[];
  readonly loss?: unknown;
  /** Settings that the optimizer must have. */
  readonly optimizer?: Readonly<Record<string, unknown>>;
  /** Settings of the named layers, of which each must stand in the architecture. */
  readonly layer?: readonly [className: string, settings: Readonly<Record<string, unknown>>];
  /** Words of a note. */
  readonly note?: RegExp;
  /** The code of the refusal, and the number of the line that it names. */
  readonly refused?: readonly [code: string, line: number | null];
  /** Words of the refusal. */
  readonly why?: RegExp;
}

const start = [
  "import numpy as np",
  "from keras.models import Sequential, Model",
  "from keras.layers import Dense, Input",
  "x = np.random.rand(24, 4)",
];
const model = "m = Sequential([Dense(8, activation='relu', input_shape=(4,)), Dense(1)])";
const lines = (...all: string[]) => [...start, ...all].join("\n");
const tiny = (...between: string[]) => lines(model, ...between, "m.fit(x, x.sum(1), epochs=2)");

export const spellings: Readonly<Record<string, Spelling>> = {
  outputsByNameOutOfOrder: {
    script: lines(
      "import tensorflow as tf",
      "i = Input((4,))",
      "m = Model(i, {'wide': Dense(3)(i), 'one': Dense(1, activation='sigmoid')(i)})",
      "m.compile('adam', {'wide': 'mse', 'one': tf.keras.losses.BinaryFocalCrossentropy()})",
      "m.fit(x, {'wide': x[:, :3], 'one': (x[:, 0] > 0.5) * 1}, epochs=2)",
    ),
    loss: ["mse", { config: expect.not.objectContaining({ why: expect.anything() }) }],
  },
  generalizedCrossentropy: {
    script: lines(
      "import tensorflow as tf",
      "m = Sequential([Input((4,)), Dense(8, activation='relu'), Dense(3, activation='softmax')])",
      "m.compile('adam', tf.keras.losses.CategoricalGeneralizedCrossEntropy(q=0.6))",
      "m.fit(x, np.arange(24) % 3, epochs=2)",
    ),
    loss: {
      class_name: "TracedLoss",
      config: { name: "CategoricalGeneralizedCrossEntropy", is_sparse: true },
    },
  },
  ownSchedule: {
    script: lines(
      model,
      "import tensorflow as tf",
      "class Warm(tf.keras.optimizers.schedules.LearningRateSchedule):",
      "    def __call__(self, step):",
      "        return 0.03 * tf.minimum(tf.cast(step, 'float32') / 3.0, 1.0)",
      "m.compile(tf.keras.optimizers.Adam(Warm(), beta_1=0.8), 'mse')",
      "m.fit(x, x.sum(1), epochs=2, batch_size=8)",
    ),
    optimizer: {
      beta_1: 0.8,
      learning_rate: {
        class_name: "RateTable",
        config: {
          boundaries: [0, 1, 2],
          values: [0, 0.01, 0.02, 0.03].map((rate) => expect.closeTo(rate, 6)),
        },
      },
    },
    note: /the learning rates are those that Warm gives step by step/,
  },
  stateOfAnOpenBatch: {
    script: [
      "import numpy as np, tensorflow as tf",
      "class Own(tf.keras.Model):",
      "    def __init__(self):",
      "        super().__init__()",
      "        self.words = tf.keras.layers.Embedding(6, 4)",
      "        self.gru = tf.keras.layers.GRU(5, return_sequences=True, return_state=True)",
      "        self.last = tf.keras.layers.Dense(6)",
      "    def call(self, inputs, states=None):",
      "        found = self.words(inputs)",
      "        if states is None:",
      "            states = self.gru.get_initial_state(tf.shape(found)[0])",
      "        found, states = self.gru(found, initial_state=states)",
      "        return self.last(found)",
      "x = np.random.randint(0, 6, (24, 7))",
      "m = Own()",
      "m.compile('adam', tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True))",
      "m.fit(x, np.roll(x, -1, 1), epochs=2)",
    ].join("\n"),
    x: [24, 7],
    layer: ["GRU", { units: 5, return_sequences: true }],
  },
  oldArguments: {
    script: lines(
      "from keras.layers.core import Dropout",
      "m = Sequential()",
      "m.add(Dense(output_dim=6, input_dim=4, init='uniform', W_regularizer='l2', bias=False))",
      "m.add(Dropout(p=0.2))",
      "m.add(Dense(1))",
      "m.compile('adam', 'mse')",
      "m.fit(x, x.sum(1), nb_epoch=2)",
    ),
    layer: ["Dense", { units: 6, use_bias: false }],
    note: /bias as use_bias, init as kernel_initializer, output_dim as units, p as rate/,
  },
  kernelByRowsAndColumns: {
    script: [
      ...start,
      "from keras.layers.convolutional import Convolution2D",
      "from keras.layers import Flatten",
      "filters, rows = 4, 3",
      "m = Sequential([Convolution2D(filters, rows, rows, input_shape=(1, 9, 9)), Flatten(), Dense(1)])",
      "m.compile('adadelta', 'mse')",
      "m.fit(np.random.rand(12, 1, 9, 9), np.random.rand(12), nb_epoch=1)",
    ].join("\n"),
    x: [12, 1, 9, 9],
    optimizer: { learning_rate: 1 },
    layer: ["Conv2D", { kernel_size: [3, 3], data_format: "channels_first" }],
  },
  stridesByPlace: {
    script: [
      ...start,
      "from keras.layers import Convolution2D, Flatten",
      "m = Sequential([Convolution2D(4, 3, 2, padding='valid', input_shape=(9, 9, 1)), Flatten(), Dense(1)])",
      "m.compile('adam', 'mse')",
      "m.fit(np.random.rand(12, 9, 9, 1), np.random.rand(12), epochs=1)",
    ].join("\n"),
    x: [12, 9, 9, 1],
    layer: ["Conv2D", { kernel_size: [3, 3], strides: [2, 2] }],
  },
  inputsBeforeUnits: {
    script: lines(
      "m = Sequential()",
      "m.add(Dense(4, 7, init='uniform'))",
      "m.add(Dense(7, 1, init='uniform'))",
      "m.compile(loss='mse', optimizer='sgd')",
      "m.fit(x, x.sum(1), nb_epoch=2)",
    ),
    layer: ["Dense", { units: 7 }],
  },
  lengthOfSequences: {
    script: lines(
      "from keras.layers import LSTM",
      "m = Sequential([LSTM(3, input_dim=2, input_length=5), Dense(1)])",
      "m.compile('adam', 'mse')",
      "m.fit(np.random.rand(8, 5, 2), np.random.rand(8), epochs=1)",
    ),
    x: [8, 5, 2],
    layer: ["LSTM", { units: 3 }],
  },
  generatedImages: {
    script: lines(
      "from keras.preprocessing.image import ImageDataGenerator",
      "from keras.layers import Flatten",
      "m = Sequential([Flatten(input_shape=(6, 6, 1)), Dense(1)])",
      "m.compile('adam', 'mse')",
      "images = ImageDataGenerator(rescale=0.5).flow(np.ones((10, 6, 6, 1)), np.ones(10), batch_size=5)",
      "m.fit_generator(images, steps_per_epoch=2, epochs=1)",
    ),
    x: [10, 6, 6, 1],
  },
  searchOverSettings: {
    script: lines(
      "from sklearn.model_selection import GridSearchCV",
      "from keras.wrappers.scikit_learn import KerasRegressor",
      "def build(units=2):",
      "    m = Sequential([Dense(units, input_shape=(4,)), Dense(1)])",
      "    m.compile('adam', 'mse')",
      "    return m",
      "search = GridSearchCV(KerasRegressor(build_fn=build, epochs=2), {'units': [5, 6]}, n_jobs=-1, cv=3)",
      "search.fit(x, x.sum(1))",
    ),
    x: [16, 4],
    layer: ["Dense", { units: 5 }],
  },
  notebook: {
    script: `%matplotlib inline\n!pip install keras\n${tiny("m.compile('adam', 'mse')")}`,
    x: [24, 4],
  },
  callbackOfOldKeras: {
    script: tiny(
      "from keras.callbacks import ModelCheckpoint",
      "saving = ModelCheckpoint('w.{epoch:02d}.hdf5', save_best_only=True, period=2)",
      "m.compile('adam', 'mse')",
    ),
    note: /ModelCheckpoint is left out/,
  },
  optimizerOfTensorFlow1: {
    script: tiny("import tensorflow as tf", "m.compile(tf.train.AdamOptimizer(0.02), 'mse')"),
    optimizer: { learning_rate: 0.02, epsilon: 1e-8 },
  },
  legacyOptimizer: {
    script: tiny("import keras", "m.compile(keras.optimizers.legacy.SGD(lr=0.3, momentum=0.5), 'mse')"),
    optimizer: { learning_rate: 0.3, momentum: 0.5 },
  },
  ownLoss: {
    script: tiny(
      "from keras import backend as K",
      "def error(y_true, y_pred):",
      "    return K.mean(K.square(y_pred - y_true), axis=-1)",
      "m.compile('adam', error)",
    ),
    loss: "mean_squared_error",
    note: /own loss error gives what mean_squared_error gives/,
  },
  ownLossOfNoName: {
    script: tiny("m.compile('adam', lambda y, p: (y - p) ** 4)"),
    loss: { class_name: "TracedLoss", config: { name: "a lambda", is_sparse: false } },
  },
  ownLossWithoutMissingTargets: {
    script: tiny(
      "import tensorflow as tf",
      "def masked(y_true, y_pred):",
      "    known = tf.math.is_finite(y_true)",
      "    error = tf.where(known, y_true - y_pred, 0.0)",
      "    return tf.reduce_sum(error ** 2) / tf.reduce_sum(tf.cast(known, tf.float32))",
      "m.compile('adam', masked)",
    ),
    loss: { class_name: "TracedLoss", config: { name: "masked", is_sparse: false } },
  },
  ownLossWithoutMarkedTargets: {
    script: tiny(
      "import tensorflow as tf",
      "def marked(y_true, y_pred):",
      "    known = tf.cast(tf.not_equal(y_true, -1.0), tf.float32)",
      "    return tf.reduce_sum(known * (y_true - y_pred) ** 2) / tf.reduce_sum(known)",
      "m.compile('adam', marked)",
    ),
    loss: { class_name: "TracedLoss", config: { name: "marked", is_sparse: false } },
  },
  inputsAndOutputsByName: {
    script: lines(
      "from keras.layers import concatenate",
      "a, b = Input((4,), name='a'), Input((2,), name='b')",
      "h = concatenate([a, b])",
      "m = Model([a, b], [Dense(1, name='one')(h), Dense(2, name='two')(h)])",
      "m.compile('adam', loss={'two': 'mae', 'one': 'mse'})",
      "m.fit({'b': np.ones((24, 2)), 'a': x, 'c': x}, {'two': np.ones((24, 2)), 'one': np.ones(24)})",
    ),
    x: [24, 4],
    loss: ["mse", "mae"],
  },
  weightOfClassesByWord: {
    script: lines(model, "m.compile('adam', 'mse')", "m.fit(x, x.sum(1), nb_epoch=2, class_weight='auto')"),
    note: /class_weight='auto' is left out/,
  },
  encoderOfOldScikitLearn: {
    script: lines(
      "from sklearn.preprocessing import OneHotEncoder",
      "y = OneHotEncoder(sparse=False).fit_transform(np.arange(24).reshape(-1, 1) % 3)",
      "m = Sequential([Dense(3, activation='softmax', input_shape=(4,))])",
      "m.compile('adam', 'categorical_crossentropy')",
      "m.fit(x, y)",
    ),
    loss: "categorical_crossentropy",
  },
  theanoBackend: {
    script: `import os\nos.environ["KERAS_BACKEND"] = "theano"\nimport theano\n${tiny("m.compile('adam', 'mse')")}`,
    note: /theano is not installed, so what the script does with it is left out/,
  },
  withinTry: {
    script: lines(model, "m.compile('adam', 'mse')", "try:", "    m.fit(x, x.sum(1))", "except:", "    pass"),
    x: [24, 4],
  },
  loopOfEpochs: {
    script: lines(
      model,
      "m.compile('adam', 'mse')",
      "for epoch in range(30):",
      "    order = np.random.permutation(24)",
      "    for start in range(0, 24, 8):",
      "        rows = order[start:start + 8]",
      "        m.train_on_batch(x[rows], x[rows].sum(1))",
    ),
    x: [24, 4],
    note: /90 calls of train_on_batch give 720 rows, 24 of them distinct: about 30 epochs of 24 rows/,
  },
  loopOfRandomDraws: {
    script: lines(
      model,
      "m.compile('adam', 'mse')",
      "for step in range(80):",
      "    rows = np.random.randint(0, 24, 6)",
      "    m.train_on_batch(x[rows], x[rows].sum(1))",
    ),
    x: [24, 4],
    note: /about 20 epochs of 24 rows/,
  },
  loopOfOldAndNewRows: {
    script: lines(
      model,
      "m.compile('adam', 'mse')",
      "for step in range(40):",
      "    m.train_on_batch(x[:6], np.ones(6))",
      "    m.train_on_batch(np.random.rand(6, 4), np.zeros(6))",
    ),
    x: [480, 4],
    note: /246 of them distinct: about 1 epoch of 480 rows/,
  },

  asksKeyboard: { script: lines("n = int(input('epochs? '))"), refused: ["asks-keyboard", 5] },
  needsArgument: { script: lines("import sys", "n = int(sys.argv[1])"), refused: ["no-argument", 6] },
  needsFile: { script: lines("table = np.loadtxt('no/such.csv')"), refused: ["no-file", 5] },
  needsDownload: {
    script: lines(
      "from urllib.request import urlopen",
      "import socket",
      "def fails(*_, **__):",
      "    raise socket.gaierror(-2, 'Name or service not known')",
      "socket.getaddrinfo = fails",
      "urlopen('http://data.invalid/x.csv')",
    ),
    refused: ["no-network", 10],
  },
  countsWithTwoOutputs: {
    script: lines(
      "import tensorflow as tf",
      "def likelihood(counts, given):",
      "    mean, spread = tf.exp(given[:, :1]), tf.exp(given[:, 1:])",
      "    return tf.reduce_mean(tf.square(counts - mean) / spread + given[:, 1:])",
      "m = Sequential([Input((4,)), Dense(2)])",
      "m.compile('adam', likelihood)",
      "m.fit(x, np.round(9 * x[:, :1]), epochs=2)",
    ),
    loss: { class_name: "TracedLoss", config: { is_sparse: false } },
  },
  ownLossOfClassNumbers: {
    script: lines(
      "import tensorflow as tf",
      "def focal(numbers, given):",
      "    right = tf.gather(given, tf.cast(numbers[:, 0], tf.int32), axis=1, batch_dims=1)",
      "    return -tf.reduce_mean((1 - right) ** 2 * tf.math.log(right + 1e-7))",
      "m = Sequential([Input((4,)), Dense(3, activation='softmax')])",
      "m.compile('adam', focal)",
      "m.fit(x, np.floor(3 * x[:, :1]), epochs=2)",
    ),
    loss: { class_name: "TracedLoss", config: { is_sparse: true } },
  },
  ownLossOfLogits: {
    script: lines(
      "import tensorflow as tf",
      "def of_logits(labels, given):",
      "    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=labels, logits=given))",
      model,
      "m.compile('adam', of_logits)",
      "m.fit(x, (x[:, :1] > 0.5).astype('float32'), epochs=2)",
    ),
    loss: { class_name: "BinaryCrossentropy", config: { from_logits: true } },
  },
  rowsWithoutTheLastAxis: {
    script: lines(
      "from keras.layers import Flatten",
      "m = Sequential([Input((4, 1)), Flatten(), Dense(1)])",
      "m.compile('adam', 'mse')",
      "m.fit(x, x.sum(1), epochs=2)",
    ),
    x: [24, 4, 1],
  },
  rowsWithOneAxisMore: {
    script: lines(model, "m.compile('adam', 'mse')", "m.fit(x[:, :, None], x.sum(1), epochs=2)"),
    x: [24, 4],
  },
  needsPackage: { script: lines("import a_package_that_nobody_has"), refused: ["no-module", 5] },
  needsOldKeras: { script: lines("from keras.models import Graph"), refused: ["lost-name", 5] },
  ownLoop: {
    script: lines(
      "import tensorflow as tf",
      model,
      "with tf.GradientTape() as tape:",
      "    loss = tf.reduce_mean(m(x) ** 2)",
      "gradients = tape.gradient(loss, m.trainable_variables)",
      "import keras",
      "keras.optimizers.Adam().apply_gradients(zip(gradients, m.trainable_variables))",
    ),
    refused: ["own-loop", 7],
    why: /^has a loss in its tape that depends on no targets of the batch; compile the model/,
  },
  ownLoopOfOneLayer: {
    script: lines(
      "import tensorflow as tf",
      model,
      "import keras",
      "optimizer = keras.optimizers.Adam()",
      "some = m.layers[-1].trainable_variables",
      "sums = tf.constant(x.sum(1, keepdims=True), tf.float32)",
      "@tf.function",
      "def step(inputs):",
      "    with tf.GradientTape() as tape:",
      "        loss = tf.reduce_mean((m(inputs) - sums) ** 2)",
      "    optimizer.apply_gradients(zip(tape.gradient(loss, some), some))",
      "for epoch in range(2):",
      "    step(tf.constant(x, tf.float32))",
    ),
    note: /the loop gives the optimizer no weight of dense[_0-9]*/,
  },
  loopOfTests: {
    script: lines(
      model,
      "m.compile('adam', 'mse')",
      "for epoch in range(5):",
      "    for at in range(0, 24, 8):",
      "        m.test_on_batch(x[at:at + 8], x[at:at + 8].sum(1))",
      "    m.evaluate(x, x.sum(1))",
    ),
    refused: ["no-training", 9],
    why: /^changes no weight: it calls test_on_batch 15 times.*call train_on_batch/,
  },
  ownStep: {
    script: lines(
      "class Mine(Model):",
      "    def train_step(self, data):",
      "        return {'loss': 0.0}",
      "i = Input((4,))",
      "m = Mine(i, Dense(1)(i))",
      "m.compile('adam', 'mse')",
      "m.fit(x, x.sum(1))",
    ),
    refused: ["own-train-step", 11],
  },
  statesBetweenBatches: {
    script: lines(
      "from keras.layers import LSTM",
      "m = Sequential([LSTM(3, batch_input_shape=(4, 5, 2), stateful=True), Dense(1)])",
      "m.compile('adam', 'mse')",
      "m.fit(np.ones((8, 5, 2)), np.ones(8), batch_size=4)",
    ),
  },
  statesThatAloneHoldThePast: {
    script: lines(
      "from keras.layers import LSTM",
      "m = Sequential([LSTM(3, batch_input_shape=(4, 1, 2), stateful=True), Dense(1)])",
    ),
    refused: ["stateful", 6],
  },
  sequencesOfManyLengths: {
    script: lines(
      model,
      "m.compile('adam', 'mse')",
      "m.fit(np.array([np.ones(2), np.ones(3)], dtype=object), np.ones(2))",
    ),
    refused: ["ragged", 7],
  },
  text: {
    script: lines(model, "m.compile('adam', 'mse')", "m.fit(np.array(['a', 'b']), np.ones(2))"),
    refused: ["no-numbers", 7],
  },
  neverCompiled: { script: lines(model, "m.fit(x, x.sum(1))"), refused: ["not-compiled", 6] },
  otherCounts: {
    script: lines(model, "m.compile('adam', 'mse')", "m.fit(x, np.ones(23))"),
    refused: ["misfit", 7],
  },
  failsInSentences: {
    script: lines("raise ValueError('The table is empty. Please fill it. Then start again.')"),
    refused: ["script-failed", 5],
  },
  sizeThatIsNoNumber: {
    script: lines(model, "m.compile('adam', 'mse')", "m.fit(x, x.sum(1), batch_size='all')"),
    refused: ["capture-failed", 7],
  },
  failsInALayer: {
    script: lines(model, "m(np.zeros((2, 3)))"),
    refused: ["script-failed", 6],
  },
  exits: { script: lines("exit(3)"), refused: ["script-exit", null] },
  noPython: { script: lines("def f(:", "    pass"), refused: ["script-failed", 5] },
  noKeras: { script: "print(1)", refused: ["no-training", null] },
};
