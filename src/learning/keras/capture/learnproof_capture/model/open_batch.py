"""Lets a model be traced that asks for the size of its batch, which is not known while it is."""

import sys


class OpenBatch:
    """The size of a batch is None, and the initial state for such a batch is the one from which a layer starts by itself."""

    def __init__(self, keras):
        self.tensorflow = sys.modules.get("tensorflow")
        self.recurrent = [getattr(keras.layers, name) for name in ("RNN", "SimpleRNN", "GRU", "LSTM")]
        self.real = []

    def __enter__(self):
        if self.tensorflow is None:
            return
        shape = self.tensorflow.shape
        self.replace(self.tensorflow, "shape", lambda tensor, *rest, **named: tuple(tensor.shape) if is_symbol(
            tensor) else shape(tensor, *rest, **named))
        for kind in self.recurrent:
            if "get_initial_state" in kind.__dict__:
                self.replace(kind, "get_initial_state", started_by_itself(kind.get_initial_state))

    def __exit__(self, *_error):
        for owner, name, real in reversed(self.real):
            setattr(owner, name, real)

    def replace(self, owner, name, value):
        self.real.append((owner, name, getattr(owner, name)))
        setattr(owner, name, value)


def started_by_itself(real):
    def get_initial_state(layer, batch_size=None, *rest, **named):
        return None if batch_size is None else real(layer, batch_size, *rest, **named)

    return get_initial_state


def is_symbol(tensor):
    return type(tensor).__name__ == "KerasTensor"
