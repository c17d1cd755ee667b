"""The classes of Keras whose functions the capture takes the place of."""


def model_classes(keras):
    """The class of all models first."""
    place = keras if hasattr(keras, "Sequential") else keras.models
    return [place.Model, place.Sequential]


def replace(keras, name, make):
    """Puts `make(original)` in the place of a function of models, in each class that has one of its own."""
    kinds = model_classes(keras)
    for kind in kinds:
        if hasattr(kind, name) and (kind is kinds[0] or name in kind.__dict__):
            setattr(kind, name, make(getattr(kind, name)))
