"""Tells functional models again with other inputs, or with the layers of the models within them in their place."""

from . import program
from .calls import arguments_of, fill, outputs_of
from .origins import keras_of


def nodes_of(model):
    """The uses of layers within a model, the inputs first."""
    graph = getattr(model, "_functional", None) or model
    by_depth = getattr(graph, "_nodes_by_depth", {})
    return [node for depth in sorted(by_depth, reverse=True) for node in by_depth[depth]]


def operation_of(node):
    return node.operation if hasattr(node, "operation") else node.layer


def is_input(node):
    return type(operation_of(node)).__name__ == "InputLayer"


def run(model, inputs, is_opened):
    """What a model gives for other inputs; of the layers within it that are models, those that `is_opened` names are taken
    apart."""
    values = {id(symbol): given for symbol, given in zip(model.inputs, inputs)}
    for node in nodes_of(model):
        operation = operation_of(node)
        if is_input(node):
            continue
        positional, named = arguments_of(node)
        positional, named = fill(list(positional), values), fill(named, values)
        is_inner = is_opened(operation)
        made = run(operation, program.listed(positional[0]), is_opened) if is_inner else operation(*positional, **named)
        values.update(zip(map(id, outputs_of(node)), program.listed(made)))
    return [values[id(output)] for output in model.outputs]


def with_columns(model):
    """The model with a column for each input that takes one number an example: a table has two axes."""
    if all(len(tuple(one.shape)) > 1 for one in model.inputs):
        return model
    keras = keras_of(model)
    columns, inputs = [], []
    for one in model.inputs:
        sides = tuple(one.shape)[1:]
        columns.append(keras.Input(sides or (1,), dtype=one.dtype, name=program.end(one)["name"]))
        inputs.append(columns[-1] if sides else columns[-1][:, 0])
    outputs = run(model, inputs, lambda _: False)
    return keras.Model(columns if len(columns) > 1 else columns[0], outputs if len(outputs) > 1 else outputs[0])
