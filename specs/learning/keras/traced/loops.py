"""Layers of a script's own that go round in loops of TensorFlow, as many times as numbers tell."""

import keras
import tensorflow as tf

L = keras.layers


class Scanned(L.Layer):
    """A recurrent layer written by tf.scan."""

    def build(self, shape):
        self.w = self.add_weight(name="w", shape=(shape[-1], 3), initializer="glorot_uniform")
        self.u = self.add_weight(name="u", shape=(3, 3), initializer="orthogonal")

    def call(self, x):
        start = tf.zeros((tf.shape(x)[0], 3))
        step = lambda state, now: tf.tanh(tf.matmul(now, self.w) + tf.matmul(state, self.u))
        return tf.scan(step, tf.transpose(x, [1, 0, 2]), initializer=start)[-1]


class Shrunk(L.Layer):
    """Halves its numbers until the largest is small enough, and counts the rounds."""

    def call(self, x):
        goes_on = lambda value, rounds: tf.reduce_max(tf.abs(value)) > 0.3
        value, rounds = tf.while_loop(goes_on, lambda value, rounds: (0.5 * value, rounds + 1.0), (x, 0.0))
        return value * (1.0 + rounds)


def loop_cases(functional):
    each_row = lambda x: tf.map_fn(lambda row: row * tf.reduce_sum(row), x)
    yield "scan", lambda: functional([4, 3], Scanned(name="scanned"), flat=False)
    yield "map_fn", lambda: functional([4], L.Lambda(each_row, name="each"))
    yield "while_loop", lambda: functional([4], Shrunk(name="shrunk"))
