"""Traces the layers of a model whose code is the script's own, or which learnproof has no layer for."""

import inspect

from ..loss import traced
from ..loss.traced import Untraceable
from ..script import reasons
from . import carried_masks
from .calls import calls_of, operations_of
from .carried_masks import MASK
from .counterparts import CONSTRAINTS, RECURRENT, is_plain, is_unknown_activation, lacks_counterpart
from .open_sides import OpenSides
from .origins import is_kerass, is_model, is_standard, keras_of

SHAPELESS = ("InputLayer",)


def is_operation(layer):
    """Whether it is an operation of keras.ops on tensors, and no layer."""
    return not hasattr(layer, "weights")


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


class Unrolled:
    """Loops over the steps of a sequence are taken step by step: a loop of TensorFlow is no operation that can be traced."""

    def __init__(self, layer):
        inner = layer._flatten_layers() if hasattr(layer, "_flatten_layers") else [layer]
        self.looping = [one for one in inner if getattr(one, "unroll", None) is False]

    def __enter__(self):
        for one in self.looping:
            object.__setattr__(one, "unroll", True)

    def __exit__(self, *_):
        for one in self.looping:
            object.__setattr__(one, "unroll", False)


class Writable:
    """Lets Keras write a model's layers down although some cannot say how they were made, and what it is compiled with, such
    as a schedule of the script's own, cannot either."""

    def __init__(self, model):
        layers = [layer for layer in every_layer(model) if needs_trace(layer) and not is_operation(layer)]
        self.hidden = [(layer, "get_config", saying(stand_in(layer))) for layer in layers]
        models = [model] + [one for one in every_layer(model) if is_model(one)]
        self.hidden += [(one, "get_compile_config", saying(None)) for one in models]
        active = [one for one in every_layer(model) if not needs_trace(one) and own_activation(one) is not None]
        self.hidden += [(one, "activation", keras_of(model).activations.linear) for one in active]

    def __enter__(self):
        self.before = [getattr(one, "__dict__", {}).get(name) for one, name, _ in self.hidden]
        for one, name, value in self.hidden:
            object.__setattr__(one, name, value)

    def __exit__(self, *_):
        for (one, name, _), before in zip(self.hidden, self.before):
            if before is not None:
                object.__setattr__(one, name, before)
            elif name in getattr(one, "__dict__", {}):
                object.__delattr__(one, name)


def saying(config):
    return lambda: config and dict(config)


def stand_in(layer):
    return {"name": layer.name, "trainable": bool(getattr(layer, "trainable", True))}


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
        if needs_trace(layer):
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
        answer.update(mask_made_by(layer, find_calls()[0], weights))
    except Untraceable as error:
        answer["why"] = str(error)
    except Exception as error:
        answer["why"] = OPEN_STEPS if "unroll" in str(error).lower() else NOT_TRACED % reasons.first_sentence(error)
    return answer


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
OPEN_STEPS = "goes over steps whose number is open; give Input a fixed number of steps"


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


UNTRACKED = "_learnproof_untracked"


def arrays_of(layer):
    """The weights of a layer in the order of `described`."""
    return layer.get_weights() + [one.numpy() for one in getattr(layer, "__dict__", {}).get(UNTRACKED, [])]


def untracked_by(layer, find_calls, weights, keras, model):
    """The trainable variables of real numbers that a layer reads, and that are no weights of the model."""
    if is_operation(layer):
        return []
    try:
        call = find_calls()[0]
        foreign = []
        clear_losses(layer)
        inputs = [spec_of(tensor) for tensor in call.tensors]
        traced.trace(calling(layer, call, True, keras, {}), inputs, weights, foreign=foreign)
        clear_losses(layer)
        known = [handle_of(one) for one in model.weights]
        found = []
        for one in foreign:
            is_known = any(one.handle is handle for handle in known) or any(one is other for other in found)
            if one.trainable and one.dtype.is_floating and not is_known:
                found.append(one)
        return found
    except Exception:
        return []


def handle_of(variable):
    return getattr(getattr(variable, "value", variable), "handle", getattr(variable, "handle", None))


def graphs_of(layer, call, weights, keras, sides):
    """The graph of a call in training and that in evaluation; one for both if they are alike."""
    try:
        return graphs_for(layer, call, weights, keras, [spec_of(tensor) for tensor in call.tensors])
    except Exception as error:
        fixed = sides.fixed(call.tensors) if "unroll" in str(error).lower() else None
        if fixed is None:
            raise
        return graphs_for(layer, call, weights, keras, fixed)


def graphs_for(layer, call, weights, keras, inputs, masked=None):
    """The graphs of a call for inputs of these shapes and kinds."""
    masked, own = unseen_masks(layer, call) if masked is None else masked, list(inputs)
    inputs = own + [spec_of(getattr(call.tensors[at], MASK)) for at in masked]
    if not inputs:
        raise Untraceable("takes no tensor")
    found = {}
    for name, training in (("training", True), ("evaluation", False)):
        clear_losses(layer)
        found[name] = traced.trace(calling(layer, call, training, keras, found, masked), inputs, weights)
    clear_losses(layer)
    penalty, hands_on = found.pop("has_penalty", False), found.pop("hands_mask_on", False)
    kept = carried_masks.read(found.values(), masked)
    if kept != masked and not hands_on:
        return graphs_for(layer, call, weights, keras, own, kept)
    alike = found["training"] == found["evaluation"]
    graphs = {"training": found["training"]} if alike else found
    told = {"masked": masked} if masked else {}
    return dict(graphs, has_penalty=penalty, **told, **({"hands_mask_on": True} if hands_on else {}))


def calling(layer, call, training, keras, found, masked=()):
    """A function that calls the layer as within a model that trains or evaluates. Behind its tensors it takes the masks of
    those at `masked`."""
    import tensorflow as tf

    class Caller(keras.layers.Layer):
        def call(self, tensors, training=None):
            given = carried(list(tensors), masked)
            positional, named = call.filled(given)
            answer = layer(*positional, **named)
            if carried_masks.hands_on(answer, given[0]):
                found["hands_mask_on"] = True
            return answer

    caller = Caller()
    is_layer = not is_operation(layer)

    def function(*tensors):
        with Unrolled(layer):
            answer = caller(list(tensors), training=training) if is_layer else run(layer, call, tensors)
        outputs = list(answer) if isinstance(answer, (list, tuple)) else [answer]
        if isinstance(answer, dict) or any(one is None for one in outputs):
            raise Untraceable("gives something else than tensors")
        penalties = [tf.reduce_sum(one) for one in layer.losses] if is_layer else []
        if penalties:
            found["has_penalty"] = True
            outputs.append(tf.add_n(penalties))
        return outputs

    return function


def run(operation, call, tensors):
    positional, named = call.filled(tensors)
    return operation(*positional, **named)


def clear_losses(layer):
    clear = getattr(layer, "_clear_losses", None)
    if clear is not None:
        clear()


def unseen_masks(layer, call):
    """The places of tensors whose mask a layer takes although no argument names it, as Keras hands masks on."""
    if is_operation(layer):
        return []
    if not any(name.endswith("mask") for name in inspect.signature(layer.call).parameters) and not carried_masks.holds_layers(layer):
        return []
    masks = [getattr(tensor, MASK, None) for tensor in call.tensors]
    return [
        at
        for at, mask in enumerate(masks)
        if mask is not None and not any(mask is one for one in call.tensors)
    ]


def carried(tensors, masked):
    """The tensors of a call, which carry the masks behind them as Keras's own do."""
    count = len(tensors) - len(masked)
    for at, mask in zip(masked, tensors[count:]):
        setattr(tensors[at], MASK, mask)
    return tensors[:count]


def spec_of(tensor):
    shape = [None if side is None else int(side) for side in tuple(tensor.shape)]
    dtype = tensor.dtype
    return [None] + shape[1:], str(getattr(dtype, "name", dtype))


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
