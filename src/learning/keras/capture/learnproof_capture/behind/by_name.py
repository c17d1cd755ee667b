"""Loads the weights of a saved model by the names of its layers, as Keras does from files of its older form."""

import inspect

OLDER_FORMS = (".h5", ".hdf5")


def arguments(load_weights, given):
    """What load_weights is given, by name, wherever this Keras takes it by place."""
    positional, named = given
    try:
        told = inspect.signature(load_weights).bind_partial(*positional, **named).arguments
    except (TypeError, ValueError):
        return named
    return dict(told, **told.get("kwargs", {}))


def is_asked(path, told):
    """Whether load_weights goes by names: files of the newer form refuse that, as SavedModels do."""
    return bool(told.get("by_name")) and str(path).endswith(OLDER_FORMS) and not str(path).endswith(".weights.h5")


def load(model, saved, skips):
    """Sets the layers whose names were saved. Returns the names of the others that have weights."""
    own = {layer.name: layer for layer in saved.layers}
    left = []
    for layer in model.layers:
        if layer.weights and not (layer.name in own and copied(layer, own[layer.name].get_weights(), skips)):
            left.append(layer.name)
    return left


def load_fitting(model, saved):
    """Sets the layers whose weights are shaped as those in the same place of the saved model."""
    sources = [layer for layer in saved.layers if layer.weights]
    for layer, source in zip([layer for layer in model.layers if layer.weights], sources):
        copied(layer, source.get_weights(), True)


def copied(layer, weights, skips):
    """Whether a layer took the weights; one of other shapes is skipped, or is an error."""
    if [one.shape for one in weights] == [tuple(one.shape) for one in layer.weights]:
        layer.set_weights(weights)
        return True
    if not skips:
        raise ValueError("the weights of layer %s have other shapes than those that were saved" % layer.name)
    return False
