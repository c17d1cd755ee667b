"""Numbers that stand for those of a training that was left out: its history, and answers to more rows than were asked."""

from .asked import ANSWERED

METRICS = ("loss", "accuracy", "acc", "mae", "mse")


def history(keras, model, epochs):
    """What a training call returns, with numbers that stand for those of training."""
    told = keras.callbacks.History()
    count = int(epochs) if isinstance(epochs, int) else 1
    told.epoch = list(range(count))
    told.history = Measures(count)
    for name in METRICS:
        told.history[name] = [0.5] * count
        told.history["val_" + name] = [0.5] * count
    told.params = {"epochs": count}
    told.set_model(model)
    model.history = told
    return told


class Measures(dict):
    def __init__(self, count):
        super().__init__()
        self.count = count

    def __missing__(self, name):
        return [0.5] * self.count


def first(x):
    """The rows that are answered by the model itself."""
    if isinstance(x, dict):
        return {name: first(one) for name, one in x.items()}
    if isinstance(x, (list, tuple)) and len(x) and hasattr(x[0], "shape") and len(x[0].shape):
        return type(x)(first(one) for one in x)
    return x[:ANSWERED] if x is not None else None


def count(x):
    """How many rows the inputs hold."""
    while isinstance(x, (dict, list, tuple)) and len(x):
        inner = next(iter(x.values())) if isinstance(x, dict) else x[0]
        if not hasattr(inner, "shape") or not len(inner.shape):
            return len(x)
        x = inner
    return int(x.shape[0])


def fill(told, many):
    """As many rows as were asked about."""
    import numpy as np

    return told if len(told) == many else np.resize(told, (many,) + told.shape[1:])
