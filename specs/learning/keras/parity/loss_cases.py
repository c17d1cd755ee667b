"""One small model for each loss that learnproof covers, and for each of its settings."""

import keras
from keras import layers as L

PROBABILITIES = [[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]
ONE_HOT = [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]
SIGNS = [[-1.0, 1.0], [1.0, -1.0], [1.0, 1.0]]
POSITIVE = [[0.5, 2.0], [1.0, 0.25], [3.0, 1.0]]


def head(units, activation):
    return lambda: keras.Sequential([keras.Input([3]), L.Dense(units, activation=activation, name="head")])


def case(name, loss, targets, activation=None):
    return {"name": f"loss {name}", "loss": loss, "y": [targets], "model": head(len(targets[0]), activation)}


def loss_cases():
    for name in ("mse", "mean_absolute_error"):
        yield case(name, name, SIGNS)
    yield case("Huber", keras.losses.Huber(delta=0.5), SIGNS)
    yield case("binary_crossentropy", "binary_crossentropy", PROBABILITIES, "sigmoid")
    yield case("CategoricalCrossentropy", keras.losses.CategoricalCrossentropy(), ONE_HOT, "softmax")
    sparse = {**case("sparse", "sparse_categorical_crossentropy", ONE_HOT, "softmax"), "y": [[[1.0], [0.0], [2.0]]]}
    yield sparse
