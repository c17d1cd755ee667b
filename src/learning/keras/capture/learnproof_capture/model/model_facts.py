"""What a model, its optimizer and its ends are called, and what shapes they have."""

from . import program
from .ends import ends_of, tensors_in_order


def ends_with_targets(graph, targets):
    """Name and shape of each output, and shape and dtype of its targets."""
    ends = [program.end(tensor) for tensor in tensors_in_order(graph, "outputs")]
    found = []
    for at, end in enumerate(ends):
        array = targets[at] if at < len(targets) else None
        shape = end["shape"] if array is None else list(array.shape)
        found.append(dict(end, targets=shape, dtype="float32" if array is None else whole_or_real(array.dtype)))
    return found


def whole_or_real(dtype):
    return "int32" if dtype.kind in "iu" else "bool" if dtype.kind == "b" else "float32"


def names_of(model, attribute):
    """The names of each input or output, in the order in which the model's config lists them: two where a dict names
    it otherwise than its layer is named."""
    ends = ends_of(model, attribute.replace("_names", "_layers"))
    if isinstance(ends, dict):
        return [(key, end[0]) for key, end in ends.items()]
    if isinstance(ends, (list, tuple)) and ends:
        return [(ends[0],)] if isinstance(ends[0], str) else [(end[0],) for end in ends]
    try:
        return [(name,) for name in getattr(model, attribute)]
    except Exception:
        return []


def orders_of(model):
    """The names of each input, and those of each output."""
    return names_of(model, "input_names"), names_of(model, "output_names")


def backend_of(keras):
    try:
        return str(keras.backend.backend())
    except Exception:
        return "tensorflow"


def rate_of(optimizer):
    """The learning rate that the optimizer begins with; None where a schedule sets it."""
    for name in ("learning_rate", "lr"):
        try:
            return float(getattr(optimizer, name))
        except Exception:
            continue
    return None


def layers_within(graph):
    for layer in getattr(graph, "layers", []):
        yield layer
        inner = getattr(layer, "layer", None)
        if inner is not None:
            yield inner
        for nested in layers_within(layer):
            yield nested
