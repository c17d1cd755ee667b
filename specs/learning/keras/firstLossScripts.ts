// Scripts whose captured training must begin with the loss that Keras itself computes.

const head = `import json, numpy as np, keras
from keras import layers as L, ops
keras.utils.set_random_seed(3)
random = np.random.RandomState(0)
x = random.normal(size=(64, 4, 3)).astype("float32")

def expect(loss):
    json.dump(float(loss), open(__file__.replace(".py", ".expected"), "w"))
`;

/** A student that learns what a teacher says of the inputs, which its loss asks. */
export const distilling = (before: string) => `${head}x = x.reshape(64, 12)
y = (x[:, 0] > 0).astype("int32")
class Distiller(keras.Model):
    def __init__(self, student, teacher):
        super().__init__()
        self.student, self.teacher = student, teacher
    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None):
        wanted = ops.softmax(self.teacher(x, training=False) / 3)
        hard = keras.losses.SparseCategoricalCrossentropy(from_logits=True)(y, y_pred)
        return 0.1 * hard + 0.9 * keras.losses.KLDivergence()(wanted, ops.softmax(y_pred / 3))
    def call(self, given):
        return self.student(given)
teacher = keras.Sequential([keras.Input((12,)), L.Dense(8, activation="tanh"), L.Dense(3)])
student = keras.Sequential([keras.Input((12,)), L.Dense(3)])
${before}
model = Distiller(student, teacher)
expect(model.compute_loss(x, y, model(x)))
model.compile("adam")
model.fit(x, y, epochs=2, batch_size=64)
`;

/** The scripts by name. Each writes the loss of its first step to a file. */
export const firstLossScripts = {
  // A cell that an RNN warms up goes on from step to step by itself: both train the same weights.
  cellOfTwo: `${head}class Feedback(keras.Model):
    def __init__(self):
        super().__init__()
        self.cell = L.LSTMCell(5)
        self.warm_up, self.head = L.RNN(self.cell, return_state=True), L.Dense(3)
    def call(self, given):
        answer, *states = self.warm_up(given)
        answers = [self.head(answer)]
        for _ in range(2):
            answer, states = self.cell(answers[-1], states=states)
            answers.append(self.head(answer))
        return ops.stack(answers, axis=1)
model = Feedback()
y = x[:, 1:]
expect(np.mean((np.asarray(model(x)) - y) ** 2))
model.compile("adam", "mse")
model.fit(x, y, epochs=2, batch_size=64)
`,
  cellAlone: `${head}class Steps(keras.Model):
    def __init__(self):
        super().__init__()
        self.cell, self.head = L.GRUCell(5), L.Dense(3)
    def call(self, given):
        states = [ops.zeros_like(given[:, 0, :1]) * ops.ones((1, 5))]
        for step in range(4):
            answer, states = self.cell(given[:, step], states=states)
        return self.head(answer)
model = Steps()
y = x.sum(axis=1)
expect(np.mean((np.asarray(model(x)) - y) ** 2))
model.compile("adam", "mse")
model.fit(x, y, epochs=2, batch_size=64)
`,
  wholeLossOfItsOwn: `${head}labels = random.randint(0, 3, (64, 1))
class Contrastive(keras.losses.Loss):
    def __call__(self, labels, answers, sample_weight=None):
        answers = answers / ops.norm(answers, axis=1, keepdims=True)
        alike = ops.cast(ops.equal(ops.reshape(labels, (-1, 1)), ops.reshape(labels, (1, -1))), "float32")
        alike = alike / ops.sum(alike, axis=1, keepdims=True)
        likeness = ops.matmul(answers, ops.transpose(answers)) / 0.2
        return ops.mean(ops.categorical_crossentropy(alike, likeness, from_logits=True))
model = keras.Sequential([keras.Input((12,)), L.Dense(8)])
x = x.reshape(64, 12)
expect(Contrastive()(labels, model(x)))
model.compile("adam", Contrastive())
model.fit(x, labels, epochs=2, batch_size=64)
`,
  maskedSum: `${head}words = random.randint(1, 9, (64, 6))
words[random.uniform(size=(64, 6)) < 0.4] = 0
model = keras.Sequential([L.Embedding(9, 4, mask_zero=True), L.LSTM(4, return_sequences=True), L.Dense(3, activation="softmax")])
shares = np.take_along_axis(np.asarray(model(words)), words[..., None] % 3, axis=-1)[..., 0]
expect(-np.sum(np.log(shares) * (words > 0)))
model.compile("adam", keras.losses.SparseCategoricalCrossentropy(reduction="sum"))
model.fit(words, words % 3, epochs=2, batch_size=64)
`,
  // A dataset of numbers that a class of the script's own takes: nothing in it is text.
  datasetOfNumbers: `${head}import tensorflow as tf
class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.head = L.Dense(1)
    def call(self, given):
        return self.head(ops.mean(given, axis=1)) + given[:, 0, :1]
model = Net()
y = x[:, 0, :1]
expect(np.mean((np.asarray(model(x)) - y) ** 2))
model.compile("adam", "mse")
model.fit(tf.data.Dataset.from_tensor_slices((x, y)).batch(64), epochs=2)
`,
  // A loss of the script's own leaves out what nobody measured.
  someUnknown: `${head}import tensorflow as tf
x = x.reshape(64, 12)
y = x[:, :2].copy()
y[::3, 0] = np.nan
y[::4, 1] = np.nan
model = keras.Sequential([keras.Input((12,)), L.Dense(2)])
def loss(truth, answer):
    known = tf.math.is_finite(truth)
    return tf.reduce_sum(tf.square(tf.where(known, truth - answer, 0.0))) / tf.reduce_sum(tf.cast(known, "float32"))
expect(loss(tf.constant(y), model(x)))
model.compile("adam", loss)
model.fit(x, y, batch_size=64, epochs=2)
`,
  // A loop of TensorFlow goes over the steps, and the labels are fewer than they are.
  connectionist: `${head}
model = keras.Sequential([keras.Input(x.shape[1:]), L.Dense(4)])
labels = np.array([[1, 2], [3, 3], [2, 0], [1, 3]] * (len(x) // 4))
loss = keras.losses.CTC()
expect(loss(labels, model(x)))
model.compile("adam", loss)
model.fit(x, labels, batch_size=len(x), epochs=2)
`,
  // A tape gives the slopes of the sum of several numbers.
  sumOfATape: `${head}import tensorflow as tf
x = x.reshape(64, 12)
model = keras.Sequential([keras.Input((12,)), L.Dense(1)])
optimizer = keras.optimizers.SGD(0.001)
y = x[:, :1]
for epoch in range(2):
    with tf.GradientTape() as tape:
        loss = keras.losses.mean_squared_error(y, model(x))
    if epoch == 0:
        expect(tf.reduce_sum(loss))
    optimizer.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
`,
  teacher: distilling("teacher.trainable = False"),
  ofTheShapeOfAnAnswer: `${head}import tensorflow as tf
x = x.reshape(64, 12)
encoder = keras.Sequential([keras.Input((12,)), L.Dense(4)])
decoder = keras.Sequential([keras.Input((2,)), L.Dense(12)])
optimizer = keras.optimizers.Adam(0.01)
weights = encoder.trainable_variables + decoder.trainable_variables
for epoch in range(2):
    with tf.GradientTape() as tape:
        mean, spread = tf.split(encoder(x), 2, axis=1)
        drawn = tf.ones(shape=mean.shape) * tf.exp(spread) + mean
        error = tf.reduce_mean(tf.square(x - decoder(drawn)))
        loss = error + 0.1 * tf.reduce_mean(tf.square(mean))
    if epoch == 0:
        expect(loss)
    optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
`,
};
