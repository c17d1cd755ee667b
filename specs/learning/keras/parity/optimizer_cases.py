"""Some steps of each optimizer that learnproof covers, and of each of its settings."""

import keras
from keras import layers as L
from keras import optimizers as O


def model():
    return keras.Sequential([keras.Input([3]), L.Dense(2, name="head")])


def case(name, optimizer, **more):
    return {"name": f"optimizer {name}", "optimizer": optimizer, "model": model, **more}


def optimizer_cases():
    yield case("SGD", lambda: O.SGD(0.1))
    yield case("SGD momentum", lambda: O.SGD(0.1, momentum=0.8))
    yield case("Adamax", lambda: O.Adamax(0.05))
    yield case("Adadelta", lambda: O.Adadelta(0.5))
