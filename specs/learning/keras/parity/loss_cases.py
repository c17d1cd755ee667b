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
    K = keras.losses
    for name in ("mse", "mean_absolute_error", "log_cosh", "MAPE"):
        yield case(name, name, SIGNS)
    yield case("Huber", K.Huber(delta=0.5), SIGNS)
    for name in ("hinge", "squared_hinge"):
        yield case(name, name, SIGNS, "tanh")
    yield case("categorical_hinge", "categorical_hinge", ONE_HOT)
    for name in ("msle", "poisson"):
        yield case(name, name, POSITIVE, "softplus")
    yield case("kl_divergence", "kl_divergence", [[0.2, 0.8], [0.5, 0.5], [0.9, 0.1]], "softmax")
    yield case("CosineSimilarity", K.CosineSimilarity(), SIGNS)
    yield case("binary_crossentropy", "binary_crossentropy", PROBABILITIES, "sigmoid")
    yield case("BinaryCrossentropy logits", K.BinaryCrossentropy(from_logits=True), PROBABILITIES)
    yield case("BinaryCrossentropy smooth", K.BinaryCrossentropy(label_smoothing=0.2), PROBABILITIES, "sigmoid")
    yield case("CategoricalCrossentropy", K.CategoricalCrossentropy(), ONE_HOT, "softmax")
    yield case("CategoricalCrossentropy logits", K.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1), ONE_HOT)
    labels = {"y": [[[1.0], [0.0], [2.0]]]}
    yield {**case("sparse", "sparse_categorical_crossentropy", ONE_HOT, "softmax"), **labels}
    yield {**case("sparse logits", K.SparseCategoricalCrossentropy(from_logits=True), ONE_HOT), **labels}
    yield from step_cases()


def of_steps(name, loss, targets, activation=None, mask=None, weights=None):
    """A loss of sequences of three steps, of which a mask hides some, or of which each has a weight of its own."""

    def model():
        units = 3 if loss == "sparse_categorical_crossentropy" else len(targets[0][0])
        return keras.Sequential([keras.Input([3, 2]), L.Dense(units, activation=activation, name="head")])

    return {"name": f"loss {name}", "loss": loss, "y": [targets], "model": model, "mask": mask, "weights": weights}


MASK = [[1, 1, 0], [1, 0, 0], [1, 1, 1]]
WEIGHTS = [[1.0, 0.5, 0.0], [2.0, 0.0, 1.0], [0.3, 1.0, 1.0]]
NUMBERS = [[[0.5, -1.0], [1.0, 0.2], [0.0, 0.0]], [[2.0, 1.0], [0.0, 0.0], [0.0, 0.0]], [[1.0, 1.0], [0.3, 0.4], [-1.0, 2.0]]]


def step_cases():
    K = keras.losses
    classes = [[[1.0], [2.0], [0.0]], [[1.0], [0.0], [0.0]], [[2.0], [1.0], [1.0]]]
    bits = [[[1.0], [0.0], [0.0]], [[1.0], [1.0], [0.0]], [[0.0], [0.0], [1.0]]]
    yield of_steps("of shown steps", K.MeanSquaredError(), NUMBERS, mask=MASK)
    yield of_steps("of shown classes", "sparse_categorical_crossentropy", classes, "softmax", mask=MASK)
    yield of_steps("of weighted steps", K.BinaryCrossentropy(), bits, "sigmoid", weights=WEIGHTS)
    yield of_steps("of shown and weighted steps", K.Huber(delta=0.5), NUMBERS, mask=MASK, weights=WEIGHTS)
