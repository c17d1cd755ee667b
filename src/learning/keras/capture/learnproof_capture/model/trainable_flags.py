"""Which layers of a model are trained, by their flags at one moment: a script may turn them on and off as it goes."""

import contextlib


class TrainableFlags:
    """Keras reads the flags at the first call that trains, and keeps to them until the model is compiled anew."""

    def __init__(self, model):
        self.model = model
        self.compiled = None
        self.read()

    def read(self):
        self.flags = [(layer, layer.trainable) for layer in layers_of(self.model)]
        self.trains = len(self.model.trainable_weights) > 0

    def follow(self, compiled):
        """Reads the flags anew where the model was compiled since the last call; `compiled` is its last call of compile."""
        if self.compiled is not None and compiled is not self.compiled:
            self.read()
        self.compiled = compiled

    def turned_off(self):
        """The layers with weights of their own that were trained when the flags were read, and are set to be frozen now."""
        inmost = [(layer, flag) for layer, flag in self.flags if not inner_of(layer) and layer.weights]
        return [layer for layer, flag in inmost if flag and not layer.trainable]

    def put_back(self):
        """Gives each layer its flag back. That of a model is handed on to its layers, so that theirs come last."""
        for layer, flag in self.flags:
            if layer.trainable is not flag:
                layer.trainable = flag
        for layer, flag in self.flags:
            if layer.trainable is not flag and not inner_of(layer):
                layer.trainable = flag


@contextlib.contextmanager
def as_trained(model):
    """Turns off, while it lasts, the layers that are on themselves and that the model does not train all the same: a model
    whose own flag is off trains none, whatever its layers say."""
    known, trained = ids_of(model.weights), ids_of(model.trainable_weights)
    idle = []
    for layer in layers_of(model):
        own = set() if inner_of(layer) else ids_of(layer.trainable_weights)
        if own and own <= known and not own & trained:
            idle.append(layer)
    for layer in idle:
        layer.trainable = False
    try:
        yield
    finally:
        for layer in idle:
            layer.trainable = True


def ids_of(variables):
    return set(id(one) for one in variables)


def layers_of(layer):
    """The model, and each layer within it, from the outside in."""
    yield layer
    for inner in inner_of(layer):
        for found in layers_of(inner):
            yield found


def inner_of(layer):
    held = list(getattr(layer, "layers", None) or getattr(layer, "_layers", None) or [])
    return [one for one in held if hasattr(one, "trainable")]
