"""Tells what is of Keras and what is the script's own."""


def is_kerass(value):
    """Whether a class or function is of Keras or TensorFlow, and none of the script's own."""
    return (getattr(value, "__module__", "") or "").split(".")[0] in ("keras", "tensorflow", "tf_keras")


def is_model(layer):
    return any(kind.__name__ in ("Functional", "Sequential", "Model") and is_kerass(kind) for kind in type(layer).__mro__)


def has_graph(model):
    try:
        return model.inputs is not None and len(model.inputs) > 0
    except (AttributeError, ValueError):
        return False


def is_standard(model):
    """Whether the model is a Sequential or functional one, even if a class of the script's own made it."""
    if is_kerass(type(model)):
        return True
    call = getattr(type(model), "call", None)
    return has_graph(model) and (call is None or is_kerass(call))


def keras_of(model):
    """The package of Keras that a model belongs to."""
    import sys

    model_class = next(kind for kind in type(model).__mro__ if kind.__name__ in ("Model", "Functional"))
    if (model_class.__module__ or "").startswith("tf_keras"):
        return sys.modules["tf_keras"]
    return sys.modules.get("keras") or sys.modules.get("tf_keras")


def is_operation(layer):
    """Whether it is an operation of keras.ops on tensors, and no layer."""
    return not hasattr(layer, "weights")
