"""Attributes and shapes of the operations of TensorFlow, as JSON has them."""

# The gradients that TensorFlow itself gives a function of its own are those of its formula.
OWN_GRADIENT = "_gradient_op_type"


def shape_of(tensor):
    if tensor.shape.rank is None:
        return None
    return [None if side is None else int(side) for side in tensor.shape.as_list()]


def written(value):
    """An attribute as JSON has it; None for what no computation depends on."""
    if isinstance(value, bool) or isinstance(value, (int, float)):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, tuple)):
        parts = [written(part) for part in value]
        return parts if None not in parts else None
    if type(value).__name__ == "DType":
        return value.name
    if hasattr(value, "dim"):
        return [part.size for part in value.dim]
    return None


def is_tensorflows(gradient):
    """Whether a custom gradient is one of TensorFlow's own functions, such as swish."""
    name = gradient.decode() if isinstance(gradient, bytes) else gradient
    try:
        from tensorflow.python.framework import ops

        found = ops.gradient_registry.lookup(name)
    except Exception:
        return False
    waiting, seen = [found], []
    while waiting:
        function = waiting.pop()
        if any(function is one for one in seen):
            continue
        seen.append(function)
        module = getattr(function, "__module__", "") or ""
        if module.split(".")[0] not in ("tensorflow", "keras", "tf_keras", "builtins", ""):
            return False
        for cell in getattr(function, "__closure__", None) or ():
            try:
                if callable(cell.cell_contents):
                    waiting.append(cell.cell_contents)
            except ValueError:
                continue
    return True
