"""The inputs and outputs of a model, in the order in which its config lists them."""


def tensors_in_order(model, side):
    """The inputs or outputs of a model in the order in which its config lists them, which is that of the data here: Keras lists those
    of a dict by their sorted names itself."""
    tensors = listed(getattr(model, side, None))
    ends = ends_of(model, side[:-1] + "_layers")
    if not isinstance(ends, dict) or len(ends) != len(tensors):
        return tensors
    by_name = dict(zip(sorted(ends), tensors))
    return [by_name[name] for name in ends]


def ends_of(model, name):
    try:
        return model.get_config().get(name)
    except Exception:
        return None


def listed(value):
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]
