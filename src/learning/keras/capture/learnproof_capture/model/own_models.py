"""Traces models that are classes of the script's own."""

import inspect

from ..script import reasons
from ..script.ending import Refusal
from . import calls, modes, open_batch, own_layers
from .origins import keras_of


MODES = "_learnproof_modes"


def keep_modes(graph, other):
    """Lets another model of the same layers keep what was told of their modes."""
    object.__setattr__(other, MODES, getattr(graph, MODES))


def arranged(tensors, keys=None):
    """Tensors as a model takes them: by name, in a list, or alone."""
    if keys:
        return dict(zip(keys, tensors))
    return tensors[0] if len(tensors) == 1 else tensors


def is_retold(graph):
    return MODES in getattr(graph, "__dict__", {})


def trace(model, xs, keys=None):
    """A functional model of the same layers, or the whole model as one layer where its call has code of its own."""
    keras = keras_of(model)
    symbols = [keras.Input(shape=array.shape[1:], name="input_%d" % (at + 1)) for at, array in enumerate(xs)]
    argument = arranged(symbols, keys)
    try:
        graph = graph_of(model, argument, keras)
    except Exception as error:
        try:
            with open_batch.OpenBatch(keras):
                graph = graph_of(model, argument, keras)
        except Exception:
            return Whole(model, symbols, keras, error, keys)
    if unknown_to(model, graph):
        return Whole(model, symbols, keras, "it calls layers that are no part of the model", keys)
    if shares_weights(graph):
        return Whole(model, symbols, keras, "it calls layers that share weights with each other", keys)
    left = left_out(model, graph)
    if not left:
        return graph
    whole = Whole(model, symbols, keras, "it computes with weights that no layer of the graph holds", keys)
    return whole if any(whole.reads(variable) for variable in left) else graph


def graph_of(model, argument, keras):
    graph = keras.Model(argument, called(model, argument, True))
    other = keras.Model(argument, called(model, argument, False))
    if kinds_of(graph) != kinds_of(other):
        raise ValueError("its call takes other layers in training than in evaluation")
    object.__setattr__(graph, MODES, modes.steady(graph, other))
    return graph


def as_functional(model):
    """The graph of a functional model of the script's own class. Keras writes no layers down where the class has a
    constructor of its own."""
    inputs, outputs = (list(ends) if len(ends) > 1 else ends[0] for ends in (model.inputs, model.outputs))
    return keras_of(model).Model(inputs, outputs, name=model.name)


def left_out(model, graph):
    """The weights to train that a graph does not hold: of layers called on constants, or of the model itself."""
    held = {id(one) for one in graph.trainable_weights}
    return [one for one in model.trainable_weights if id(one) not in held]


def shares_weights(graph):
    """Whether two layers hold the same weight, as a cell that is called by itself and by an RNN: told apart, each would train
    its own."""
    found = {}
    for layer in calls.operations_of(graph):
        for weight in getattr(layer, "weights", []):
            if found.setdefault(id(weight), layer) is not layer:
                return True
    return False


def unknown_to(model, graph):
    """The weights to train of layers that the call uses and that Keras does not know as parts of the model, such as those that
    an object which is no layer holds: no optimizer moves them."""
    known = {id(one) for one in model.weights}
    return [one for one in graph.trainable_weights if id(one) not in known]


def called(model, argument, training):
    takes_training = "training" in inspect.signature(model.call).parameters
    return model.call(argument, training=training) if takes_training else model.call(argument)


def kinds_of(graph):
    return [type(layer).__name__ for layer in calls.operations_of(graph)]


def write_modes(graph, config):
    """Leaves out what a call was told of training, where the model itself was told: its layers follow it, but for those
    that the model tells the same in training and in evaluation."""
    steady = getattr(graph, MODES, {})
    for layer in config.get("layers", []):
        mode = steady.get(layer.get("name") or layer.get("config", {}).get("name"))
        if mode is not None:
            layer["always"] = mode
        for node in layer.get("inbound_nodes") or []:
            for named in named_of(node):
                named.pop("training", None)


def named_of(node):
    if isinstance(node, dict):
        return [node.get("kwargs") or {}]
    inputs = [node] if node and isinstance(node[0], str) else node
    return [one[3] for one in inputs if isinstance(one, list) and len(one) > 3 and isinstance(one[3], dict)]


class Output:
    def __init__(self, name, shape):
        self.name, self.shape, self.dtype = name, shape, "float32"


class Whole:
    """A model as one layer, computed by the operations that its call is made of."""

    def __init__(self, model, symbols, keras, why, keys=None):
        self.layers = [model]
        self.inputs = symbols
        self.model = model
        positional = [arranged(symbols, keys)]
        self.traced = own_layers.described(model, lambda: [calls.Call(positional, {}, symbols)], keras, model)
        if "why" in self.traced:
            raise Refusal(
                "subclassed",
                "trains %s, a class whose call could not be traced to layers (%s), and which %s; write it with the "
                "functional API" % (type(model).__name__, reasons.first_sentence(why), self.traced["why"]),
            )
        shapes = self.traced["training"]["shapes"]
        shapes = shapes[:-1] if self.traced["has_penalty"] else shapes
        if any(shape is None or None in shape[1:] for shape in shapes):
            raise Refusal(
                "subclassed",
                "trains %s, a class whose outputs have no known shape; write it with the functional API"
                % type(model).__name__,
            )
        self.outputs = [Output(model.name, [None] + shape[1:]) for shape in shapes]

    def reads(self, variable):
        """Whether the call of the model computes with this weight."""
        places = [at for at, one in enumerate(self.model.weights) if one is variable]
        return any(node.get("variable") in places for node in self.traced["training"]["nodes"])

    def config(self):
        model = self.model
        inputs = [
            {
                "class_name": "InputLayer",
                "name": "input_%d" % (at + 1),
                "config": {"name": "input_%d" % (at + 1), "batch_input_shape": sides_of(symbol) + [1] * (len(symbol.shape) == 1)},
                "inbound_nodes": [],
            }
            for at, symbol in enumerate(self.inputs)
        ]
        names = [layer["name"] for layer in inputs]
        whole = {
            "class_name": "TracedModel",
            "name": model.name,
            "config": {"name": model.name, "trainable": True},
            "traced": self.traced,
            "inbound_nodes": [[[name, 0, 0, {}] for name in names]],
        }
        return {
            "name": model.name,
            "layers": inputs + [whole],
            "input_layers": [[name, 0, 0] for name in names],
            "output_layers": [[model.name, 0, at] for at in range(len(self.outputs))],
        }


def sides_of(symbol):
    return [None if side is None else int(side) for side in tuple(symbol.shape)]
