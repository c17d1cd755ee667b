"""Tells whether a train_step that works where it runs step by step does nothing once TensorFlow has traced it: numbers of
Python, such as a counter, are read once, and a branch that they choose is the only one from then on."""

PLAIN = (bool, int, float, str, type(None))


def plain_attributes(model):
    """The numbers of Python that a model holds."""
    return {name: value for name, value in vars(model).items() if isinstance(value, PLAIN)}


def arrays_of(model):
    import numpy as np

    return [np.array(one) for one in model.trainable_variables]


def set_weights(model, arrays):
    for one, array in zip(model.trainable_variables, arrays):
        one.assign(array)


def moved(before, after):
    import numpy as np

    return any(not np.array_equal(one, other) for one, other in zip(before, after))


def stays(model, attributes, weights, fit):
    """Whether an epoch of fit as a graph moves no weight. The model is as `attributes` hold it when it begins, with these weights,
    which are known to move step by step: those of a later epoch may have reached a loss without a slope."""
    held = dict(vars(model))
    put_back(model, attributes)
    for name in set(plain_attributes(model)) - set(attributes):
        if not name.startswith("_"):
            object.__delattr__(model, name)
    model.run_eagerly = False
    model.train_function = None
    learnt = arrays_of(model)
    set_weights(model, weights)
    try:
        fit()
        return not moved(weights, arrays_of(model))
    except Exception:
        return False
    finally:
        set_weights(model, learnt)
        # What tracing leaves in the attributes are tensors without numbers.
        put_back(model, held)


def put_back(model, attributes):
    for name, value in attributes.items():
        if not name.startswith("_") and vars(model).get(name) is not value:
            object.__setattr__(model, name, value)
