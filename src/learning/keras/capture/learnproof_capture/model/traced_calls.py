"""Traces a call of a layer as within a model: its graph in training and in evaluation, and the masks that it takes unnamed."""

import inspect

from ..loss import traced
from ..loss.traced import Untraceable
from . import carried_masks
from .carried_masks import MASK
from .origins import is_operation


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
