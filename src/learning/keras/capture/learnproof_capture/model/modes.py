"""Which layers a model of the script's own always tells to compute as in training, or as in evaluation."""


def steady(training, evaluation):
    """The mode of each layer that is told the same in the graphs of a model in training and in evaluation."""
    other = told(evaluation)
    found = {}
    for name, flags in told(training).items():
        if len(flags) == 1 and flags == other.get(name) and None not in flags:
            found[name] = "training" if flags.pop() else "evaluation"
    return found


def told(graph):
    """What the calls of each layer are told of training: True, False, or None where they follow the model."""
    flags = {}
    for nodes in graph._nodes_by_depth.values():
        for node in nodes:
            layer = getattr(node, "operation", None) or node.layer
            flags.setdefault(layer.name, set()).add(flag_of(node))
    return flags


def flag_of(node):
    if hasattr(node, "arguments"):
        positional, named = node.arguments.args, node.arguments.kwargs
    else:
        positional, named = getattr(node, "call_args", ()), getattr(node, "call_kwargs", {})
    given = [named.get("training")] + list(positional[1:])
    return next((bool(one) for one in given if isinstance(one, (bool, int))), None)
