"""Captures small models with layers of the script's own, and writes what Keras computes for them.

Usage: python layers.py FILE: writes to FILE for each model its config as the capture has it, the weights, one batch, and
Keras's loss, gradients, predictions in evaluation and the weights that a pass of training moved.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import keras  # noqa: E402
import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "..", "..", "src", "learning", "keras", "capture"))
from learnproof_capture.model import program  # noqa: E402
from inner_masks import inner_mask_cases  # noqa: E402
from loops import loop_cases  # noqa: E402

L = keras.layers
IS_NEW = keras.__version__.startswith("3")


class Counted(L.Layer):
    """A layer that takes the mask of padded steps, and hands none on."""

    def call(self, x, mask=None):
        kept = tf.cast(mask, "float32")[..., None]
        return x * kept / tf.reduce_sum(kept, axis=1, keepdims=True)


class Linear(L.Layer):
    """A layer with weights of its own, which cannot say how it was made."""

    def __init__(self, units):
        super().__init__(name="linear")
        self.units = units

    def build(self, shape):
        self.w = self.add_weight(name="w", shape=(shape[-1], self.units), initializer="random_normal")
        self.scale = self.add_weight(name="scale", shape=(self.units,), initializer="ones", trainable=False)
        self.b = self.add_weight(name="b", shape=(self.units,), initializer="zeros", regularizer="l2")

    def call(self, x):
        return tf.matmul(x, self.w) * self.scale + self.b


class Block(L.Layer):
    """Layers of Keras within a layer, of which one computes otherwise in training and moves its averages."""

    def __init__(self):
        super().__init__(name="block")
        self.first = L.Dense(4, activation="relu")
        self.norm = L.BatchNormalization(momentum=0.9)
        self.second = L.Dense(3)

    def call(self, x, training=None):
        return tf.nn.relu(x + self.second(self.norm(self.first(x), training=training)))


class Net(keras.Model):
    def __init__(self):
        super().__init__(name="net")
        self.one = L.Dense(5)
        self.norm = L.BatchNormalization(momentum=0.8)
        self.two = L.Dense(2)

    def call(self, x, training=False):
        h = tf.nn.relu(self.one(x))
        if training:
            h = self.norm(h, training=training)
        else:
            h = self.norm(h, training=False)
        return self.two(tf.concat([h, tf.square(x)], axis=-1))


# TensorFlow makes a constant of a tensor of a graph only up to 128 numbers, and an input of a larger one.
TABLE = tf.constant(np.round(np.linspace(-1, 1, 150), 3).reshape(3, 50), "float32")


class Placed(keras.Model):
    """Adds places that it looks up for constants, and scales by a weight of its own: no layer of its graph holds them."""

    def __init__(self):
        super().__init__(name="placed")
        self.places = L.Embedding(3, 50)
        self.end = L.Dense(2)

    def build(self, shape):
        self.scale = self.add_weight(name="scale", shape=(50,), initializer="ones")
        super().build(shape)

    def call(self, x):
        h = tf.expand_dims(x, -1) + self.places(tf.range(3))
        return self.end(tf.reshape(h * self.scale + TABLE, [-1, 150]))


class Cell(L.Layer):
    """A recurrent cell of the script's own."""

    def __init__(self, units):
        super().__init__(name="cell")
        self.units = self.state_size = units

    def build(self, shape):
        self.w = self.add_weight(name="w", shape=(shape[-1], self.units), initializer="glorot_uniform")
        self.r = self.add_weight(name="r", shape=(self.units, self.units), initializer="orthogonal")

    def call(self, x, states):
        answer = tf.tanh(tf.matmul(x, self.w) + tf.matmul(states[0], self.r))
        return answer, [answer]


class Penalised(L.Layer):
    def call(self, x):
        self.add_loss(0.1 * tf.reduce_mean(tf.square(x)))
        return x * 2.0


class Twofold(L.Layer):
    """Gives two answers, and adds its penalty once."""

    def call(self, x):
        self.add_loss(tf.reduce_mean(tf.abs(x)))
        return x * 2.0, tf.square(x)


def swish(x):
    return x * tf.sigmoid(1.5 * x)


def functional(shape, *middle, flat=True):
    inputs = keras.Input(shape)
    x = L.Dense(shape[-1], name="before")(inputs)
    for one in middle:
        x = one(x)
    return keras.Model(inputs, L.Dense(2, name="after")(L.Flatten(name="flat")(x) if flat else x))


def twice(layer):
    return lambda x: layer([x, x]) if not isinstance(layer, L.MultiHeadAttention) else layer(x, x)


def nested():
    inner = keras.Sequential([keras.Input([3]), L.Lambda(lambda x: x * x, name="square"), L.Dense(3, name="inner")])
    inputs = keras.Input([3])
    return keras.Model(inputs, L.Dense(1, name="after")(inner(inputs) - 0.5 * inputs))


def two_inputs():
    inputs = keras.Input([3])
    shared = L.Dense(4, activation="tanh", name="shared")
    apart = L.Lambda(lambda t: tf.sqrt(tf.reduce_sum(tf.square(t[0] - t[1]), 1, keepdims=True) + 1e-3), name="apart")
    return keras.Model(inputs, apart([shared(inputs), shared(L.Dense(3, name="other")(inputs))]))


def masked(*middle):
    """Sequences of words, of which those numbered 0 are padding."""
    inputs = keras.Input([4], dtype="int32")
    x = L.Embedding(4, 3, mask_zero=True, name="words")(inputs)
    for one in middle:
        x = one(x)
    return keras.Model(inputs, L.Dense(2, name="after")(L.GlobalAveragePooling1D(name="mean")(x)))


def residual(x):
    heads = L.MultiHeadAttention(2, 2, name="heads")
    return L.LayerNormalization(name="norm")(L.Add(name="sum")([x, heads(x, x)]))


def masked_cases():
    """Keras 3 alone writes masks down as arguments of calls."""
    yield "masked average", lambda: masked(L.Dense(3, activation="tanh", name="each"))
    yield "masked LSTM", lambda: masked(L.LSTM(3, return_sequences=True, name="lstm"))
    yield "masked MultiHeadAttention", lambda: masked(twice(L.MultiHeadAttention(2, 2, name="heads")))
    yield "masked Attention", lambda: masked(twice(L.Attention(name="attention")))
    yield "masked block", lambda: masked(residual)
    yield "masked convolution", lambda: masked(L.Conv1D(3, 2, name="pairs"), L.LSTM(3, return_sequences=True, name="lstm"))
    yield "masked rectifier", lambda: masked(L.LeakyReLU(name="leaky"), L.ELU(name="elu"))
    yield "masked merges", lambda: masked(lambda x: L.Maximum(name="max")([x, L.Dense(3, name="other")(x)]))
    yield "masked and not", lambda: masked(lambda x: L.Concatenate(name="both")([x, L.Conv1D(2, 1, name="pairs")(x)]))
    yield "masked side by side", lambda: masked(lambda x: L.Concatenate(name="both")([x, L.Dense(2, name="other")(x)]))
    yield "masked operations", lambda: masked(lambda x: x * 2.0, lambda x: x[:, 1:])
    yield "masked own layer", lambda: masked(Counted(name="counted"))


def each_step():
    inner = [L.Dense(5, activation="tanh", name="inner"), L.BatchNormalization(name="norm"), L.Dense(2, name="code")]
    return L.TimeDistributed(keras.Sequential([keras.Input([4]), *inner]), name="each")


def cases():
    yield "Lambda", lambda: functional([4], L.Lambda(lambda x: tf.abs(x) / 2 - 1, name="halved"))
    yield "Lambda of two", two_inputs
    yield "operations", lambda: functional([4], lambda x: x * 2.0 + 1.0, lambda x: x[:, 1:] - x[:, :-1] ** 2)
    yield "nested", nested
    yield "own layer", lambda: keras.Sequential([keras.Input([3]), Linear(4), L.ReLU(name="relu"), L.Dense(2, name="after")])
    yield "own block", lambda: functional([3], Block())
    yield "own model", Net
    yield "own penalty", lambda: functional([3], Penalised(name="penalised"))
    yield "own activation", lambda: functional([3], L.Dense(4, activation=swish, name="swished"))
    yield "MultiHeadAttention", lambda: functional([4, 3], twice(L.MultiHeadAttention(2, 2, name="heads")))
    yield "Attention", lambda: functional([4, 3], twice(L.Attention(use_scale=True, name="attention")))
    yield "AdditiveAttention", lambda: functional([4, 3], twice(L.AdditiveAttention(name="additive")))
    yield "EinsumDense", lambda: functional([4, 3], L.EinsumDense("abc,cd->abd", (4, 5), bias_axes="d", name="einsum"))
    yield "constants from outside", lambda: functional([3, 50], L.Lambda(lambda x: x * TABLE, name="outside"))
    yield "own model with places", Placed
    if IS_NEW:
        yield from masked_cases()
        yield "own answers", lambda: functional([3], Twofold(name="twofold"), lambda x: L.Add(name="sum")(list(x)))
        yield "own cell", lambda: functional([4, 3], L.RNN(Cell(3), return_sequences=True, name="loop"))
        yield "masked own cell", lambda: masked(L.RNN(Cell(3), return_sequences=True, name="loop"))
        yield "own gate", lambda: functional([4, 3], L.LSTM(3, activation=swish, name="lstm"), flat=False)
        yield "spectral", lambda: functional([5, 5, 2], L.SpectralNormalization(L.Conv2D(2, 3, name="conv"), name="spectral"))
        yield "own regularizer", lambda: functional([3], L.Dense(3, kernel_regularizer=lambda w: tf.reduce_sum(w**4), name="bent"))
        yield "dilated", lambda: functional([6, 6, 2], L.SeparableConv2D(2, 2, dilation_rate=2, name="apart"))
        yield "spread", lambda: functional([3, 3, 2], L.Conv2DTranspose(2, 2, dilation_rate=2, name="spread"))
        yield "model at each step", lambda: functional([3, 4], each_step())
        yield from inner_mask_cases()
        yield from loop_cases(functional)


def table(array):
    array = np.asarray(array, "float32")
    return {"shape": list(array.shape), "values": [float(f"{value:.7g}") for value in array.ravel()]}


class Silent:
    def add(self, _):
        pass


def rows(shape, dtype, random):
    """Numbers, or words of which the first of a row is no padding."""
    if "int" in dtype:
        words = random.integers(0, 4, shape)
        words[:, 0] = 1 + words[:, 0] % 3
        return words.astype("float32")
    return np.round(random.normal(size=shape), 2).astype("float32")


def reference(name, make, random):
    model = make()
    inputs = [([6, *one.shape[1:]], str(one.dtype)) for one in model.inputs or []] if make not in (Net, Placed) else []
    xs = [rows(shape, dtype, random) for shape, dtype in inputs or [([6, 3], "float32")]]
    program.build(model, xs)
    for weight in model.weights:
        values = np.round(random.uniform(-0.8, 0.8, tuple(weight.shape)), 3).astype("float32")
        weight.assign(np.abs(values) + 0.5 if "variance" in str(getattr(weight, "path", weight.name)) else values)
    described, graph = program.describe_model(model, xs, Silent())
    weights = program.weights_of(graph)
    x = [tf.constant(one) for one in xs]
    argument = x if len(x) > 1 else x[0]
    evaluated = model(argument, training=False)
    y = np.round(random.uniform(-1, 1, tuple(evaluated.shape)), 2).astype("float32")
    variables = [one for one in model.trainable_weights]
    before = {id(one): np.array(one) for one in model.weights}
    with tf.GradientTape() as tape:
        predictions = model(argument, training=True)
        loss = tf.reduce_mean(tf.square(y - predictions))
        total = tf.add_n([loss, *[tf.reduce_sum(one) for one in model.losses]]) if model.losses else loss
    given = tape.gradient(total, [getattr(one, "value", one) if IS_NEW else one for one in variables])
    places = dict(placed(graph.layers))
    return {
        "name": name,
        "version": keras.__version__,
        "model": described,
        "weights": {key: table(value) for key, value in weights.items()},
        "x": [table(one) for one in xs],
        "y": [table(y)],
        "predictions": table(evaluated),
        "loss": float(total),
        "gradients": {places[id(one)]: table(tf.convert_to_tensor(value)) for one, value in zip(variables, given)},
        "moved": {
            places[id(one)]: table(one) for one in model.weights if not np.array_equal(np.array(one), before[id(one)])
        },
    }


def placed(layers, prefix=""):
    """Each weight's id and its name in TensorFlow.js, where those that are trained come first within a layer."""
    for layer in layers:
        if type(layer).__name__ in ("Sequential", "Functional"):
            yield from placed(layer.layers, prefix + layer.name + "/")
        else:
            for at, weight in enumerate([*layer.trainable_weights, *layer.non_trainable_weights]):
                yield id(weight), "%s%s/%d" % (prefix, layer.name, at)


def main(file):
    random = np.random.default_rng(7)
    answers = [reference(name, make, random) for name, make in cases()]
    with open(file, "w", encoding="utf-8") as out:
        out.write("[\n" + ",\n".join(json.dumps(one, separators=(",", ":")) for one in answers) + "\n]\n")


if __name__ == "__main__":
    main(sys.argv[1])
