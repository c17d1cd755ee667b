"""Lets TensorFlow's functions take the symbols of a model while it is told again: each becomes a layer, as Keras 2 made it."""

import sys

from .calls import fill
from .open_batch import is_symbol


class TensorFlowOperations:
    def __init__(self, keras):
        self.keras = keras
        self.dispatch = self.dispatcher = None

    def __enter__(self):
        if "tensorflow" not in sys.modules:
            return
        try:
            from tensorflow.python.util import dispatch
        except ImportError:
            return
        kind = layer_of(self.keras)

        class Dispatcher(dispatch.GlobalOpDispatcher):
            def handle(self, op, args, kwargs):
                symbols = [one for one in leaves_of([args, kwargs]) if is_symbol(one)]
                return kind(op, args, kwargs, symbols)(symbols) if symbols else self.NOT_SUPPORTED

        self.dispatch, self.dispatcher = dispatch, Dispatcher()
        self.dispatcher.register()

    def __exit__(self, *_error):
        if self.dispatcher is not None:
            self.dispatch._GLOBAL_DISPATCHERS.remove(self.dispatcher)


def layer_of(keras):
    class TensorFlowOperation(keras.layers.Layer):
        """A function with its arguments, in which tensors take the places of symbols."""

        def __init__(self, op, args, kwargs, symbols):
            super().__init__()
            self.whole = [lambda: (op, list(args), dict(kwargs), symbols)]

        def call(self, tensors):
            op, args, kwargs, symbols = self.whole[0]()
            values = {id(symbol): tensor for symbol, tensor in zip(symbols, tensors)}
            return op(*fill(args, values), **fill(kwargs, values))

        def get_config(self):
            return {"name": self.name}

    return TensorFlowOperation


def leaves_of(part):
    if isinstance(part, (list, tuple)):
        return [leaf for one in part for leaf in leaves_of(one)]
    if isinstance(part, dict):
        return [leaf for one in part.values() for leaf in leaves_of(one)]
    return [part]
