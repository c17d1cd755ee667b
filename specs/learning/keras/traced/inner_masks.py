"""Layers of a script's own whose inner layers find the masks of padded steps at the tensors, as Keras hands them on."""

import keras

L = keras.layers


class Placed(L.Layer):
    """Makes a mask of the words that it is given."""

    def __init__(self):
        super().__init__(name="placed")
        self.words, self.places = L.Embedding(4, 3, mask_zero=True), L.Embedding(5, 3)

    def compute_mask(self, inputs, mask=None):
        return self.words.compute_mask(inputs)

    def call(self, x):
        return self.words(x) + self.places(keras.ops.arange(5))


class Attending(L.Layer):
    """Says nothing of masks, and holds an attention that reads the one of its tensor."""

    def __init__(self):
        super().__init__(name="attending")
        self.attention, self.norm = L.MultiHeadAttention(2, 3), L.LayerNormalization()

    def call(self, x):
        return self.norm(x + self.attention(x, x))


class Gated(L.Layer):
    """Ends with a layer that leaves the mask at what it answers."""

    def __init__(self):
        super().__init__(name="gated")
        self.gate = L.Dense(3, activation="sigmoid")

    def call(self, x):
        return self.gate(x)


def of_words(*inner):
    start = keras.Input([5], dtype="int32")
    x = start
    for layer in inner:
        x = layer(x)
    return keras.Model(start, L.Dense(2, name="end")(L.GlobalAveragePooling1D(name="mean")(x)))


def given_masks():
    """Layers that are told which steps to look at, in place of those that their tensors carry."""
    inputs = keras.Input([4], dtype="int32")
    x = L.Embedding(4, 3, mask_zero=True, name="words")(inputs)
    steps = L.LSTM(3, return_sequences=True, name="lstm")(x, mask=keras.ops.not_equal(inputs, 1))
    pooled = L.GlobalAveragePooling1D(name="mean")(steps, mask=keras.ops.not_equal(inputs, 3))
    return keras.Model(inputs, L.Dense(2, name="after")(pooled))


def inner_mask_cases():
    yield "mask made within", lambda: of_words(Placed(), L.LSTM(3, return_sequences=True, name="lstm"))
    yield "mask read within", lambda: of_words(L.Embedding(4, 3, mask_zero=True, name="words"), Attending())
    yield "mask made and read within", lambda: of_words(Placed(), Attending())
    yield "mask handed on within", lambda: of_words(L.Embedding(4, 3, mask_zero=True, name="words"), Gated())
    yield "mask given", given_masks
