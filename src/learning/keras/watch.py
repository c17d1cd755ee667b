"""Writes a trace of any training loop in Python; `npx learnproof judge trace.jsonl` reads it.

PyTorch, or a loop of your own: after the optimizer's step,
    trace = Trace()
    ...
    trace.step(loss, predictions, targets, model)

Keras, with some of the examples:
    model.fit(x, y, callbacks=[watch(x[:256], y[:256])])
"""

import json
import math


class Trace:
    """A file with a line for each measured step: 0, 1, 2, 3, 4, 6, 8, 12, 16, … and the last of `steps`, if given."""

    def __init__(self, path="trace.jsonl", steps=None):
        self.file = open(path, "w")
        self.steps = steps
        self.count = 0
        self.before = {}

    def is_measured(self, step):
        # Two steps in each doubling: a fixed interval would slow down every training, however long it is.
        return step < 2 or step % 2 ** (step.bit_length() - 2) == 0 or step + 1 == self.steps

    def step(self, loss, predictions=None, targets=None, model=None):
        """Call it once for each update, after the optimizer's step and before the gradients are cleared."""
        if self.is_measured(self.count):
            line = {"step": self.count, "loss": finite(loss)}
            if predictions is not None and targets is not None:
                line.update(spread(numbers(predictions), numbers(targets)))
            if model is not None:
                line["layers"] = [self.layer(*part) for part in parameters(model)]
            self.file.write(json.dumps(line) + "\n")
            self.file.flush()
        # The next step is measured against the weights before it.
        self.before = {}
        self.count += 1
        if model is not None and self.is_measured(self.count):
            self.before = {name: weight.copy() for name, weight, _ in parameters(model)}

    def layer(self, name, weight, gradient):
        found = {"layer": name}
        if gradient is not None:
            found["gradientNorm"] = norm(gradient)
        before = self.before.get(name)
        if before is not None:
            change = norm(weight - before)
            found["updateRatio"] = change / norm(before) if change and norm(before) else 0.0
        return found


def watch(x, y, path="trace.jsonl"):
    """A callback for Keras, which predicts these examples at each measured step."""
    import keras

    class Watch(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            each = self.params.get("steps")
            self.trace = Trace(path, steps=each and each * self.params["epochs"])

        def on_train_batch_end(self, batch, logs=None):
            measured = self.trace.is_measured(self.trace.count)
            # A plain call costs a few milliseconds; `predict` would compile a second program and build a dataset.
            predictions = self.model(x, training=False) if measured else None
            self.trace.step((logs or {}).get("loss", math.nan), predictions, y if measured else None, self.model)

    return Watch()


def parameters(model):
    """Name, numbers and gradient of each weight of a PyTorch or Keras model."""
    if hasattr(model, "named_parameters"):
        for name, weight in model.named_parameters():
            gradient = None if weight.grad is None else numbers(weight.grad)
            yield name, numbers(weight), gradient
    else:
        for weight in model.trainable_weights:
            yield getattr(weight, "path", weight.name), numbers(weight), None


def numbers(value):
    import numpy

    if hasattr(value, "detach"):
        value = value.detach().cpu()
    return numpy.array(value, dtype="float64")


def norm(array):
    return finite(math.sqrt(float((array**2).sum())))


def finite(value):
    value = float(value)
    return value if math.isfinite(value) else None


def spread(predictions, targets):
    rows = len(predictions)
    predictions = predictions.reshape(rows, -1)
    targets = targets.reshape(rows, -1)
    found = {
        "predictionVariance": finite(predictions.var(axis=0).mean()),
        "targetVariance": finite(targets.var(axis=0).mean()),
    }
    if predictions.shape == targets.shape:
        found["meanSquaredError"] = finite(((predictions - targets) ** 2).mean())
    return found
