"""The inputs and outputs of a model, in the order in which its config lists them."""


def in_order(model, side):
    """The inputs or outputs of a model in the order in which its config lists them, which is that of the data here: Keras lists those
    of a dict by their sorted names itself."""
    tensors = getattr(model, side, None)
    tensors = list(tensors) if isinstance(tensors, (list, tuple)) else [] if tensors is None else [tensors]
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
