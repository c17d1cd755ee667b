"""The merging of layers as Keras 1 spelt it, made of the layers of the installed Keras."""


class Merge:
    def __init__(self, layers=None, mode="sum", concat_axis=-1, **others):
        self.parts = layers
        self.mode = mode
        self.concat_axis = concat_axis


def outputs_of(model):
    return model.outputs[0]


def inputs_of(model, tensors):
    return tensors[id(model)][0] if id(model) in tensors else list(model.inputs)


MODES = {"sum": "Add", "mul": "Multiply", "ave": "Average", "max": "Maximum", "concat": "Concatenate", "dot": "Dot"}


def merge(layers, inputs, mode="sum", concat_axis=-1, **others):
    kind = getattr(layers, MODES[mode])
    if mode == "concat":
        return kind(axis=concat_axis)(inputs)
    return kind(axes=others.get("dot_axes", -1))(inputs) if mode == "dot" else kind()(inputs)


def merge_by(kind, inputs, **settings):
    return kind(**settings)(inputs)
