"""Finds the functions within a graph: those that it calls, and the two of a loop, which tell whether it goes on and what one
more round makes of what it holds."""

from .nodes import Untraceable, is_variable

LOOPS = ("While", "StatelessWhile")
CALLS = ("PartitionedCall", "StatefulPartitionedCall")


class Inner:
    """A function within a graph: its own graph, what it is given, what it gives, and for each variable that it reads the name that
    the graph around it has for it."""

    def __init__(self, graph, given, wanted, handles):
        self.graph, self.given, self.wanted, self.handles = graph, given, wanted, handles


def functions_of(operation):
    """The functions `cond` and `body` of a loop. It holds the inputs of the operation that are no variables, in their order; a
    variable is the same in every round."""
    held = held_by(operation)
    cond, body = (graph_of(operation, operation.get_attr(part).name) for part in ("cond", "body"))
    given = [tensor.name for tensor in body.inputs]
    for at, tensor in enumerate(body.outputs):
        if is_variable(tensor) and not is_handed_on(tensor, given[at]):
            raise Untraceable("has a loop in which one variable takes the place of another")
    return {
        "cond": inner(operation, cond, held, cond.outputs[:1]),
        "body": inner(operation, body, held, [body.outputs[at] for at in held]),
    }


def function_called(operation):
    """The function that an operation calls; None for one that calls none. Calls of before TensorFlow 2 bear its name."""
    if operation.type in CALLS:
        name = operation.get_attr("f").name
    elif operation.graph._is_function(operation.type):
        name = operation.type
    else:
        return None
    graph = graph_of(operation, name)
    return inner(operation, graph, held_by(operation), graph.outputs)


def held_by(operation):
    """The places of the inputs of an operation that are no variables."""
    return [at for at, tensor in enumerate(operation.inputs) if not is_variable(tensor)]


def graph_of(operation, name):
    from tensorflow.python.ops.control_flow_util_v2 import get_func_graph

    try:
        return get_func_graph(operation, [tensor.shape for tensor in operation.inputs], name)
    except Exception:
        raise Untraceable("has a function (%s) whose operations TensorFlow does not give" % operation.type)


def is_handed_on(tensor, name):
    while tensor.op.type == "Identity":
        tensor = tensor.op.inputs[0]
    return tensor.name == name


def inner(operation, graph, held, wanted):
    handles = {
        inside.name: outside.name for inside, outside in zip(graph.inputs, operation.inputs) if is_variable(outside)
    }
    return Inner(graph, [graph.inputs[at] for at in held], wanted, handles)
