"""Models as older versions of Keras made them and asked them."""

from ..script.rewritten import wrap
from . import merging
from .old_names import optional


class OldModels:
    """`spellings` keeps what was renamed."""

    def __init__(self, spellings, capture):
        self.spellings, self.capture = spellings, capture

    def patch(self, keras):
        functional = optional("keras.src.models.functional") or optional("keras.src.engine.functional")
        kinds = [keras.Model] + ([functional.Functional] if functional is not None else [])
        for kind in kinds:
            for name in ("__new__", "__init__"):
                if name in kind.__dict__:
                    wrap(kind, name, self.rewrite_model)
        self.patch_merging(keras)
        original = keras.Model.predict
        keras.Model.predict_classes = lambda model, x, *_, **__: classes_of(original(model, x))
        keras.Model.predict_proba = lambda model, x, **others: original(model, x)
        keras.Model.predict_generator = lambda model, x, *_, **__: original(model, x)
        if not hasattr(keras.Model, "evaluate_generator"):
            keras.Model.evaluate_generator = lambda model, x, *_, **__: model.evaluate(x)

    def patch_merging(self, keras):
        """Keras 1 let a Sequential begin with a Merge of other models: such a model becomes a functional one."""
        capture, sequential = self.capture, keras.Sequential
        original = sequential.add
        tensors = {}

        def add(model, layer, *positional, **keywords):
            if isinstance(layer, merging.Merge):
                ends = [one if hasattr(one, "shape") else tensors.get(id(one), (None, merging.outputs_of(one)))[1]
                        for one in layer.parts]
                starts = [start for one in layer.parts for start in merging.inputs_of(one, tensors)]
                tensors[id(model)] = (starts, merging.merge(keras.layers, ends, layer.mode, layer.concat_axis))
            elif id(model) in tensors:
                starts, end = tensors[id(model)]
                tensors[id(model)] = (starts, layer(end))
            else:
                return original(model, layer, *positional, **keywords)

        def substitute(model):
            if id(model) in tensors and id(model) not in capture.substitutes:
                starts, end = tensors[id(model)]
                capture.substitutes[id(model)] = keras.Model(inputs=starts, outputs=end)
            return capture.substitutes.get(id(model), model)

        sequential.add = add
        capture.substitute = substitute
        self.summaries(sequential, tensors)

    def summaries(self, sequential, tensors):
        original = sequential.summary
        sequential.summary = lambda model, *given, **others: (
            None if id(model) in tensors else original(model, *given, **others)
        )

    def rewrite_model(self, positional, keywords):
        given = dict(keywords)
        if "input" in given or "output" in given:
            self.spellings.rename(given, {"input": "inputs", "output": "outputs"})
        return positional, given


def classes_of(told):
    """Up to TensorFlow 2.5 predict_classes took the largest output, and of a single one whether it is above a half."""
    return told.argmax(-1) if told.shape[-1] > 1 else (told > 0.5).astype("int32")
