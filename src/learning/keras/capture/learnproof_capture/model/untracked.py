"""Finds the variables that a layer reads and its model does not know: weights that their author meant to be trained."""

from ..loss import traced
from .origins import is_operation
from .traced_calls import calling, clear_losses, spec_of


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
