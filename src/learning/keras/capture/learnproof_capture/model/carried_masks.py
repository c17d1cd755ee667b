"""Masks of padded steps that reach the layers within a layer of the script's own: Keras hands them on at the tensors themselves,
whatever the layer around says of masks."""

from .calls import nodes_of, outputs_of

# Keras hands the mask of padded steps on at the tensor itself.
MASK = "_keras_mask"
SAME = ("Identity", "StopGradient")
OF_TWO = ("LogicalOr", "LogicalAnd")


def holds_layers(layer):
    """Whether there are layers within a layer, which find the masks of its tensors by themselves."""
    flat = getattr(layer, "_flatten_layers", None)
    return flat is not None and len(list(flat())) > 1


def read(graphs, masked):
    """Those of the masks that a graph takes behind its tensors which it computes with."""
    kept = set()
    for graph in graphs:
        used = {name for node in graph["nodes"] for name in node["inputs"]} | set(graph["outputs"])
        count = len(graph["inputs"]) - len(masked)
        kept |= {at for at, part in zip(masked, graph["inputs"][count:]) if part["name"] in used}
    return [at for at in masked if at in kept]


def hands_on(answer, given):
    """Whether the answer of a layer carries the mask that its first tensor came with."""
    made, own = getattr(answer, MASK, None), getattr(given, MASK, None)
    return made is not None and own is not None and source_of(made) is source_of(own)


def source_of(mask):
    """The mask that another one is a copy of."""
    while True:
        operation = mask.op
        if operation.type in SAME:
            mask = operation.inputs[0]
            continue
        if operation.type in OF_TWO:
            one, other = map(source_of, operation.inputs)
            return one if one is other else mask
        return mask


def show(layer, model):
    """Lets the layers behind see at the symbols what a layer hands on."""
    for node in nodes_of(layer, model):
        given = next(iter(getattr(node, "input_tensors", None) or []), None)
        (made,) = outputs_of(node)
        if getattr(made, MASK, None) is None and getattr(given, MASK, None) is not None:
            setattr(made, MASK, getattr(given, MASK))
