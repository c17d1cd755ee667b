"""Lets Keras write down a model that holds layers of the script's own."""

from .origins import is_model, is_operation, keras_of
from .own_layers import every_layer, needs_trace, own_activation


class Writable:
    """Lets Keras write a model's layers down although some cannot say how they were made, and what it is compiled with, such
    as a schedule of the script's own, cannot either."""

    def __init__(self, model):
        layers = [layer for layer in every_layer(model) if needs_trace(layer) and not is_operation(layer)]
        self.hidden = [(layer, "get_config", saying(stand_in(layer))) for layer in layers]
        models = [model] + [one for one in every_layer(model) if is_model(one)]
        self.hidden += [(one, "get_compile_config", saying(None)) for one in models]
        active = [one for one in every_layer(model) if not needs_trace(one) and own_activation(one) is not None]
        self.hidden += [(one, "activation", keras_of(model).activations.linear) for one in active]

    def __enter__(self):
        self.before = [getattr(one, "__dict__", {}).get(name) for one, name, _ in self.hidden]
        for one, name, value in self.hidden:
            object.__setattr__(one, name, value)

    def __exit__(self, *_):
        for (one, name, _), before in zip(self.hidden, self.before):
            if before is not None:
                object.__setattr__(one, name, before)
            elif name in getattr(one, "__dict__", {}):
                object.__delattr__(one, name)


def saying(config):
    return lambda: config and dict(config)


def stand_in(layer):
    return {"name": layer.name, "trainable": bool(getattr(layer, "trainable", True))}
