"""The layers of a model and of the models within it, one by one."""

# Layers that compute otherwise in training.
IN_TRAINING = ("Dropout", "BatchNormalization", "GaussianNoise", "Random")


def those_in_training(model):
    """The names of the layers that compute otherwise where the model is called with training=True."""
    found = [layer for layer in flat_layers(model) if any(word in type(layer).__name__ for word in IN_TRAINING)]
    return ", ".join(layer.name for layer in found)


def flat_layers(layer):
    inner = list(getattr(layer, "layers", None) or getattr(layer, "_layers", None) or [])
    inner = [one for one in inner if hasattr(one, "trainable_variables")]
    if not inner:
        yield layer
    for one in inner:
        for found in flat_layers(one):
            yield found


def own_weights(layer):
    return list(getattr(layer, "trainable_variables", []))
