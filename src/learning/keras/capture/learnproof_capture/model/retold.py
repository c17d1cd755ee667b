"""Tells a model that is a class of the script's own again as a functional one, where it is given its inputs by name, gives its
outputs by name, or reads text: only the graph of such a model says what is which."""

from ..tables import arrays
from . import open_batch, own_models, tensorflow_operations
from .origins import has_graph, is_standard, keras_of


def retold(model, given):
    """The functional model, or the model itself where there is nothing to tell or where it cannot be told."""
    if is_standard(model) or has_graph(model):
        return model
    shown = first_of(given.get("x"))
    targets = given.get("y")
    x, y = (shown + (None,))[:2] if isinstance(shown, tuple) else (shown, targets)
    named = isinstance(x, dict)
    if x is None or not (named or isinstance(y if targets is None else targets, dict) or is_text(x)):
        return model
    keras = keras_of(model)
    try:
        argument = {key: symbol(one, keras, str(key)) for key, one in x.items()} if named else symbol(x, keras, "input_1")
        return graph_of(model, argument, keras)
    except Exception:
        return model


def graph_of(model, argument, keras):
    try:
        return own_models.graph_of(model, argument, keras)
    except Exception:
        with open_batch.OpenBatch(keras), tensorflow_operations.TensorFlowOperations(keras):
            return own_models.graph_of(model, argument, keras)


def first_of(x):
    """The arrays that fit is given, or what is known of a batch without taking one."""
    if not arrays.is_iterable_data(x):
        return x
    if hasattr(x, "element_spec"):
        return x.element_spec
    if hasattr(x, "__getitem__") and hasattr(x, "__len__"):
        return x[0]
    return None


def dtype_of(one):
    import numpy as np

    found = getattr(one, "dtype", None)
    found = np.asarray(one).dtype if found is None else found
    name = getattr(found, "name", str(found))
    return "string" if getattr(found, "kind", "-") in "USOT" or "str" in name or name == "object" else name


def is_text(one):
    return not isinstance(one, (list, tuple, dict)) and dtype_of(one) == "string"


def symbol(one, keras, name):
    import numpy as np

    shape = tuple(getattr(one, "shape", None) if hasattr(one, "shape") else np.asarray(one).shape)
    dtype = dtype_of(one)
    return keras.Input(shape[1:], name=name, dtype="float32" if dtype == "float64" else dtype)
