"""The uses of layers within a model: their arguments, and the tensors that a config lists for them."""

from .origins import is_model


def operations_of(model):
    found = getattr(model, "operations", None)
    return list(found if found is not None else model.layers)


class Call:
    """One use of a layer: its arguments, with symbols where a model's tensors go."""

    def __init__(self, positional, named, tensors):
        self.positional, self.named, self.tensors = positional, named, tensors

    def filled(self, given):
        values = {}
        for symbol, value in zip(self.tensors, given):
            values.setdefault(id(symbol), value)
        return fill(list(self.positional), values), fill(dict(self.named), values)


def fill(part, values):
    if id(part) in values:
        return values[id(part)]
    if isinstance(part, tuple) and not hasattr(part, "_fields"):
        return tuple(fill(one, values) for one in part)
    if isinstance(part, list):
        return [fill(one, values) for one in part]
    if isinstance(part, dict):
        return {key: fill(one, values) for key, one in part.items() if key != "training"}
    return part


def calls_of(model, layer, written, config):
    nodes = written.get("inbound_nodes")
    if not isinstance(nodes, list):
        tensor = layer.input
        return [Call([tensor], {}, tensor if isinstance(tensor, list) else [tensor])]
    named = {one.name: one for one in operations_of(model)}
    calls = []
    for node, its in zip(nodes_of(layer, model), nodes):
        tensors = []
        for name, at, output in dict.fromkeys(refs_in(its)):
            first = first_node(named[name], config)
            tensors.append(outputs_of(nodes_of(named[name], model)[at - first])[output])
        positional, keywords = arguments_of(node)
        calls.append(Call(positional, keywords, tensors))
    return calls


def first_node(layer, config):
    """The number of a layer's first use in a config: Keras counts the making of a nested model as its use 0."""
    if not is_model(layer):
        return 0
    uses = [ref for one in config["layers"] for node in one.get("inbound_nodes") or [] for ref in refs_in(node)]
    uses += old_refs(config.get("output_layers")) if isinstance(config.get("output_layers"), list) else []
    return min([at for name, at, _ in uses if name == layer.name] or [0])


def nodes_of(layer, model):
    """The uses of a layer within a model, in the order in which the model's config lists them."""
    old = getattr(model, "_network_nodes", None)
    keys, owner = (old, layer.name) if old is not None else (model._nodes, id(layer))
    return [node for at, node in enumerate(layer._inbound_nodes) if "%s_ib-%d" % (owner, at) in keys]


def outputs_of(node):
    import tensorflow as tf

    return tf.nest.flatten(node.outputs if hasattr(node, "outputs") else node.output_tensors)


def arguments_of(node):
    if hasattr(node, "arguments"):
        return list(node.arguments.args), dict(node.arguments.kwargs)
    return list(node.call_args), dict(node.call_kwargs)


def refs_in(node):
    """The tensors of a call as a config lists them: those of the positional arguments, then those of the named."""
    if isinstance(node, dict):
        return new_refs(node.get("args", [])) + [ref for one in node.get("kwargs", {}).values() for ref in new_refs(one)]
    inputs = [node] if node and isinstance(node[0], str) else node
    found = [ref for one in inputs for ref in old_refs(one[:3] if isinstance(one, list) else one)]
    named = next((one[3] for one in inputs if isinstance(one, list) and len(one) > 3 and one[3]), {})
    return found + [ref for one in named.values() for ref in old_refs(one)]


def new_refs(part):
    if isinstance(part, list):
        return [ref for one in part for ref in new_refs(one)]
    history = (part.get("config") or {}).get("keras_history") if isinstance(part, dict) else None
    return [tuple(history)] if isinstance(history, list) else []


def old_refs(part):
    if not isinstance(part, list):
        return []
    is_ref = len(part) >= 3 and isinstance(part[0], str) and isinstance(part[1], int) and isinstance(part[2], int)
    if is_ref:
        return [tuple(part[:3])] if part[1] >= 0 else []
    return [ref for one in part for ref in old_refs(one)]
