"""Layers of a model that look up numbers for words or categories before anything is computed. None of them is trained:
their numbers are looked up beforehand, and the network that is judged begins behind them."""

from ..tables import arrays
from . import program
from .calls import arguments_of, fill, outputs_of
from .counterparts import LOOKUPS
from .implied import is_implied
from .inlined import is_input, nodes_of, operation_of, run
from .origins import has_graph, is_model, is_standard, keras_of

# So many rows are looked up at a time.
ROWS = 4096


def lookups_of(model, x, order):
    """The part of a model that looks up numbers, and the rest; None where nothing is looked up, or where something that
    is trained stands before it. `order` has the names of each input."""
    build(model, x)
    if not has_graph(model) or not is_standard(model):
        return None
    model = inlined(model)
    nodes = nodes_of(model)
    before = before_lookups(nodes)
    if not before or any(operation_of(node).trainable_weights for node in before):
        return None
    skipped = {id(node) for node in before}
    rest = [node for node in nodes if id(node) not in skipped and not is_input(node)]
    return Lookups(model, order, [one.name for one in map(operation_of, nodes) if is_lookup(one)], rest)


def build(model, x):
    """Gives a Sequential model that begins with a lookup its graph, as fit would."""
    if has_graph(model) or not any(is_lookup(layer) for layer in getattr(model, "layers", [])[:1]):
        return
    batch = next(iter(arrays.iterate(x))) if arrays.is_iterable_data(x) else x[:1]
    model(to_tensor(batch[0] if isinstance(batch, tuple) else batch, "x"))


def is_lookup(operation):
    return type(operation).__name__ in LOOKUPS


def inputs_of(node):
    return program.listed(node.input_tensors)


def holds_lookup(operation):
    """Whether a layer is a model that looks something up."""
    if not is_model(operation) or not is_standard(operation):
        return False
    return any(is_lookup(one) or holds_lookup(one) for one in map(operation_of, nodes_of(operation)))


def inlined(model):
    """The model with the layers of the models within it that look something up, in their place."""
    if not any(holds_lookup(operation_of(node)) for node in nodes_of(model)):
        return model
    keras = keras_of(model)
    inputs = [keras.Input(tuple(one.shape)[1:], dtype=one.dtype, name=program.end(one)["name"]) for one in model.inputs]
    return keras.Model(inputs, run(model, inputs, holds_lookup))


def before_lookups(nodes):
    """The nodes that look up numbers or take text, and those that they depend on."""
    found, wanted = [], set()
    for node in reversed(nodes):
        takes_text = any("string" in str(tensor.dtype) for tensor in inputs_of(node))
        is_needed = any(id(tensor) in wanted for tensor in outputs_of(node))
        if not is_input(node) and (takes_text or is_needed or is_lookup(operation_of(node))):
            found.append(node)
            wanted.update(id(tensor) for tensor in inputs_of(node))
    return found


def kept(rest):
    """The tensors with which the rest of the model begins, each once."""
    made = {id(tensor) for node in rest for tensor in outputs_of(node)}
    found = {id(tensor): tensor for node in rest for tensor in inputs_of(node) if id(tensor) not in made}
    return list(found.values())


def called_anew(rest, starts, outputs, keras):
    """The model of the same layers that begins with other inputs; masks are handed on as Keras does it."""
    inputs = [
        keras.Input(batch_shape=tuple(start.shape), dtype=start.dtype, name=program.end(start)["name"])
        for start in starts
    ]
    values = {id(start): symbol for start, symbol in zip(starts, inputs)}
    for node in rest:
        positional, named = arguments_of(node)
        if is_implied(node):
            named.pop("mask")
        made = operation_of(node)(*fill(list(positional), values), **fill(named, values))
        values.update(zip(map(id, outputs_of(node)), program.listed(made)))
    return keras.Model(inputs, [values[id(output)] for output in outputs])


class Lookups:
    def __init__(self, model, order, names, rest):
        by_name = {program.end(tensor)["name"]: tensor for tensor in model.inputs}
        named = [by_name.get(one[-1]) for one in order]
        inputs = list(model.inputs) if None in named or len(named) < len(by_name) else named
        keras, starts = keras_of(model), kept(rest)
        self.order = order
        self.names = names
        self.shapes = [tuple(tensor.shape) for tensor in inputs]
        self.front = keras.Model(inputs, starts)
        self.rest = called_anew(rest, starts, model.outputs, keras)

    def says(self):
        many = len(self.names) > 1
        return "%s look%s up numbers before anything is trained; the network that is judged begins behind %s" % (
            " and ".join(self.names),
            "" if many else "s",
            "them" if many else "it",
        )

    def given(self, given):
        """The arguments of fit, with numbers in place of what is looked up."""
        found = dict(given, x=self.looked_up(given.get("x"), "x"))
        held_out = given.get("validation_data")
        if arrays.is_iterable_data(held_out):
            found["validation_data"] = LookedUp(held_out, self)
        elif held_out is not None:
            found["validation_data"] = (self.columns(held_out[0], "validation x"),) + tuple(held_out[1:])
        return found

    def looked_up(self, x, name):
        if x is None:
            return None
        return LookedUp(x, self) if arrays.is_iterable_data(x) else self.columns(x, name)

    def columns(self, x, name):
        """An array of numbers for each input of the rest."""
        import numpy as np

        texts = arrays.arrays_of(x, name, self.order, to_tensor)
        texts = [column_of(text, shape) for text, shape in zip(texts, self.shapes)]
        parts = []
        for start in range(0, len(texts[0]), ROWS):
            rows = [text[start:start + ROWS] for text in texts]
            parts.append([np.asarray(one) for one in program.listed(self.front(rows if len(rows) > 1 else rows[0]))])
        return [arrays.to_array(np.concatenate(column), name) for column in zip(*parts)]


def to_tensor(value, _):
    """Text or numbers as TensorFlow takes them: its layers alone look anything up."""
    import tensorflow as tf

    return tf.convert_to_tensor(value.to_numpy() if hasattr(value, "to_numpy") else value)


def column_of(text, shape):
    """Keras adds a last axis of 1 where the input has one and the data have none."""
    import tensorflow as tf

    return tf.expand_dims(text, -1) if len(text.shape) == len(shape) - 1 and shape[-1] == 1 else text


class LookedUp:
    """Batches of a generator or dataset, with numbers in place of what is looked up."""

    def __init__(self, source, lookups):
        self.source = source
        self.lookups = lookups

    def cardinality(self):
        return arrays.length_of(self.source) or -1

    def __iter__(self):
        for batch in arrays.iterate(self.source):
            x, *others = batch if isinstance(batch, (tuple, list)) else (batch,)
            yield (self.lookups.columns(x, "x"), *others)
