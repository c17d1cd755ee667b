"""Traces the layers of a model whose code is the script's own, or which learnproof has no layer for."""

from ..loss import traced
from ..loss.traced import Untraceable
from ..script import reasons
from . import carried_masks
from .calls import calls_of, operations_of, refs_in
from .counterparts import CONSTRAINTS, RECURRENT, is_plain, is_unknown_activation, lacks_counterpart
from .open_sides import OpenSides
from .origins import is_kerass, is_model, is_operation, is_standard
from .traced_calls import graphs_of, spec_of
from .untracked import UNTRACKED, untracked_by

SHAPELESS = ("InputLayer",)


def needs_trace(layer):
    if is_model(layer):
        return not is_standard(layer)
    if is_operation(layer) or not is_kerass(type(layer)) or lacks_counterpart(layer):
        return True
    if own_activation(layer) is not None:
        return False
    if type(layer).__name__ == "TimeDistributed" and is_model(layer.layer):
        return True
    # The cells of other recurrent layers are parts of them.
    cell = getattr(layer, "cell", None) if type(layer).__name__ == "RNN" else None
    inner = [cell] + [getattr(layer, name, None) for name in ("layer", "forward_layer", "backward_layer")]
    inner += list(getattr(layer, "cells", None) or [])
    return any(one is not None and hasattr(one, "weights") and needs_trace(one) for one in inner)


def is_given_a_mask(written):
    """Whether a call says which mask it takes, in place of the one that its tensor carries."""
    calls = written.get("inbound_nodes") or []
    return any(refs_in({"kwargs": {"mask": one.get("kwargs", {}).get("mask")}}) for one in calls if isinstance(one, dict))


def own_activation(layer):
    """The activation of a layer of Keras, if it is a function without a counterpart, such as one of the script's own."""
    activation = getattr(layer, "activation", None)
    if type(layer).__name__ in RECURRENT or not is_unknown_activation(activation):
        return None
    return activation


def every_layer(model):
    for layer in operations_of(model):
        yield layer
        if is_model(layer) and is_standard(layer):
            for inner in every_layer(layer):
                yield inner


def add_traces(model, config, keras, is_whole=True, given=None):
    """Adds `traced` to the layers of a model's config that need it; `traced.why` says why there is no graph. `given` are the
    shapes of the examples, which fix the sides that an input leaves open where a layer cannot do without them."""
    named = {layer.name: layer for layer in operations_of(model)}
    for written in config.get("layers", []) if isinstance(config, dict) else []:
        inner = written.get("config")
        name = written.get("name") or (inner or {}).get("name")
        layer = named.get(name)
        if layer is None or type(layer).__name__ in SHAPELESS:
            continue
        if needs_trace(layer) or is_given_a_mask(written):
            calls = lambda: calls_of(model, layer, written, config)
            written["traced"] = described(layer, calls, keras, model if is_whole else None, given)
            if written["traced"].pop("hands_mask_on", False):
                written["traced"]["passes_mask"] = True
                carried_masks.show(layer, model)
        elif is_model(layer):
            add_traces(layer, inner, keras, False)
        elif own_activation(layer) is not None:
            inner["activation"] = {"class_name": "Traced", "config": traced_activation(layer, keras)}


def described(layer, find_calls, keras, model=None, given=None):
    """The weights of a layer, and its graph or why there is none. `find_calls` gives its uses.

    Variables that the layer reads and that `model` does not know are weights that its author meant to be trained.
    """
    weights = list(getattr(layer, "weights", []))
    untracked = untracked_by(layer, find_calls, weights, keras, model) if model is not None else []
    weights += untracked
    object.__setattr__(layer, UNTRACKED, untracked)
    trained = {id(one) for one in getattr(layer, "trainable_weights", [])}
    answer = {
        "weights": [
            {
                "name": str(getattr(one, "path", one.name)).split("/")[-1].split(":")[0],
                "shape": [int(side) for side in one.shape],
                "trainable": id(one) in trained,
                **({"untracked": True} if any(one is other for other in untracked) else {}),
            }
            for one in weights
        ],
        "passes_mask": bool(getattr(layer, "supports_masking", False)),
    }
    try:
        if not traced.has_tensorflow(keras):
            raise Untraceable(traced.TENSORFLOW_ALONE)
        for weight, written in zip(weights, answer["weights"]):
            written.update(constraint_of(weight))
        graphs = [graphs_of(layer, call, weights, keras, OpenSides(model, given, keras)) for call in find_calls()]
        if any(one != graphs[0] for one in graphs):
            raise Untraceable("is called in several ways")
        answer.update(graphs[0])
        mark_shared(answer, weights, layer, model)
        answer.update(mask_made_by(layer, find_calls()[0], weights))
    except Untraceable as error:
        answer["why"] = str(error)
    except Exception as error:
        known = next((why for words, why in KNOWN_FAILURES if words in str(error).lower()), None)
        answer["why"] = known or NOT_TRACED % reasons.first_sentence(error)
    return answer


def mark_shared(answer, weights, layer, model):
    """Marks the weights that another layer of the model has as well. One that this layer does not read is trained there alone."""
    others = [other for other in operations_of(model) if other is not layer] if model is not None else []
    elsewhere = {id(weight) for other in others for weight in getattr(other, "weights", [])}
    graphs = [answer[name] for name in ("training", "evaluation") if name in answer]
    read = set().union(*(variables_in(graph) for graph in graphs))
    for at, (weight, written) in enumerate(zip(weights, answer["weights"])):
        if id(weight) in elsewhere:
            written["shared"] = True
            written["trainable"] = written["trainable"] and at in read


def variables_in(graph):
    """The places of the weights that a graph reads, the graphs within it included."""
    inner = [node[name] for node in graph["nodes"] for name in ("cond", "body") if name in node]
    return {node["variable"] for node in graph["nodes"] if "variable" in node}.union(*map(variables_in, inner))


def mask_made_by(layer, call, weights):
    """The graph of the mask that a layer of the script's own makes of its tensors, as where it holds an embedding."""
    if is_operation(layer) or is_kerass(getattr(type(layer), "compute_mask", None)) or len(call.tensors) != 1:
        return {}
    if not hasattr(layer, "compute_mask"):
        return {}

    def function(tensor):
        made = layer.compute_mask(tensor, None)
        if made is None:
            raise Untraceable("makes no mask")
        return made

    try:
        return {"mask": traced.trace(function, [spec_of(call.tensors[0])], weights), "passes_mask": False}
    except Exception:
        return {}


NOT_TRACED = "could not be traced (%s)"
# What TensorFlow says where a layer cannot be traced, and what that means of the layer.
KNOWN_FAILURES = (
    ("unroll", "goes over steps whose number is open; give Input a fixed number of steps"),
    ("singleton tf.variable", "makes weights anew in each call, as a layer that is made in call() does, so that nothing ever trains them; "
     "make them in __init__ or build()"),
)


def constraint_of(weight):
    """The rule that a weight keeps after every update: one of Keras's by its config, and any other by its operations."""
    rule = getattr(weight, "constraint", None)
    if rule is None:
        return {}
    if is_plain(rule, CONSTRAINTS):
        return {"constraint": {"class_name": type(rule).__name__, "config": rule.get_config()}}
    sides = [int(side) for side in weight.shape]
    try:
        return {"constraint": {"class_name": "Traced", "config": traced.trace(rule, [(sides, "float32")])}}
    except Exception as error:
        raise Untraceable("has a constraint that could not be traced (%s)" % reasons.first_sentence(error))


def traced_activation(layer, keras):
    activation = own_activation(layer)
    answer = {"weights": [], "name": getattr(activation, "__name__", type(activation).__name__), "passes_mask": True}
    try:
        if not traced.has_tensorflow(keras):
            raise Untraceable(traced.TENSORFLOW_ALONE)
        shape = [None if side is None else int(side) for side in tuple(layer.output.shape)]
        answer["training"] = traced.trace(activation, [([None] + shape[1:], "float32")])
    except Untraceable as error:
        answer["why"] = str(error)
    except Exception as error:
        answer["why"] = "could not be traced (%s)" % reasons.first_sentence(error)
    return answer
