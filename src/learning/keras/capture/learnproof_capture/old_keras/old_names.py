"""Names that older versions of Keras had, and what is there today in their place."""

import functools
import importlib
import sys

from ..script.ending import NotThere
from . import merging, old_arguments, wrappers
from .lost import regularizers

SEARCHED = ("layers", "models", "optimizers", "regularizers", "constraints", "initializers", "losses", "metrics",
            "activations", "callbacks", "utils", "datasets", "preprocessing", "applications", "backend")
LEGACY = ("preprocessing.text", "preprocessing.image", "preprocessing.sequence")


class OldNames:
    def __init__(self, keras):
        self.keras = keras

    def of(self, kind):
        """What a module of this kind has lost, by name."""
        layers = self.keras.layers
        if kind == "layers":
            return self.of_layers(layers)
        if kind == "utils":
            return {
                "np_utils": module_named("keras.utils.np_utils"),
                "vis_utils": module_named("keras.utils.vis_utils"),
                "plot_model": lambda *_, **__: None,
                "multi_gpu_model": lambda model, *_, **__: model,
                "to_categorical": self.keras.utils.to_categorical,
            }
        if kind == "backend":
            return self.of_backend(self.keras.backend)
        if kind == "optimizers":
            found = {name.lower(): getattr(self.keras.optimizers, name) for name in
                     ("Adam", "SGD", "RMSprop", "Adagrad", "Adadelta", "Adamax", "Nadam")}
            return found
        if kind == "legacy_optimizers":
            return {name: getattr(self.keras.optimizers, name) for name in
                    ("Adam", "SGD", "RMSprop", "Adagrad", "Adadelta", "Adamax", "Nadam", "Ftrl")}
        if kind == "regularizers":
            return regularizers(self.keras.regularizers)
        if kind == "constraints":
            constraints = self.keras.constraints
            maxnorm = lambda m=2, axis=0, max_value=None: constraints.MaxNorm(max_value or m, axis)
            return {"maxnorm": maxnorm, "max_norm": maxnorm, "unitnorm": constraints.UnitNorm,
                    "unit_norm": constraints.UnitNorm, "nonneg": constraints.NonNeg, "non_neg": constraints.NonNeg}
        if kind == "preprocessing":
            found = {}
            for name in ("text", "image", "sequence"):
                module = optional("keras.src.legacy.preprocessing." + name)
                if module is not None:
                    found[name] = module
            return found
        if kind in ("image", "sequence", "text"):
            legacy = optional("keras.src.legacy.preprocessing." + kind)
            return {} if legacy is None else {name: value for name, value in vars(legacy).items() if name[0] != "_"}
        if kind == "models":
            return {"Model": self.keras.Model, "Sequential": self.keras.Sequential}
        return {}

    def of_layers(self, layers):
        alias = {"Convolution1D": "Conv1D", "Convolution2D": "Conv2D", "Convolution3D": "Conv3D",
                 "Deconvolution2D": "Conv2DTranspose", "SeparableConvolution2D": "SeparableConv2D",
                 "AtrousConvolution2D": "Conv2D", "AtrousConvolution1D": "Conv1D", "CuDNNLSTM": "LSTM",
                 "CuDNNGRU": "GRU", "Conv3DTranspose": "Conv3DTranspose", "InputSpec": "InputSpec"}
        found = {old: getattr(layers, new) for old, new in alias.items() if hasattr(layers, new)}
        found["merge"] = functools.partial(merging.merge, layers)
        found["Merge"] = merging.Merge
        found["Input"] = self.keras.Input
        found["TimeDistributedDense"] = lambda *given, **others: layers.TimeDistributed(layers.Dense(*given, **others))
        for name, kind in (("add", "Add"), ("multiply", "Multiply"), ("average", "Average"), ("maximum", "Maximum"),
                           ("concatenate", "Concatenate"), ("dot", "Dot"), ("subtract", "Subtract")):
            found[name] = functools.partial(merging.merge_by, getattr(layers, kind))
        return found

    def of_backend(self, backend):
        nothing = lambda *_, **__: None
        found = {
            "set_image_dim_ordering": lambda order: backend.set_image_data_format(old_arguments.DATA_FORMATS.get(order, order)),
            "image_dim_ordering": lambda: "th" if backend.image_data_format() == "channels_first" else "tf",
            "set_session": nothing, "get_session": nothing, "set_learning_phase": nothing,
            "learning_phase": lambda: 0, "tensorflow_backend": backend, "manual_variable_initialization": nothing,
        }
        legacy = optional("keras.src.legacy.backend")
        for name in dir(legacy) if legacy is not None else ():
            if not name.startswith("_"):
                found.setdefault(name, getattr(legacy, name))
        if "tensorflow" in sys.modules:
            found["tf"] = sys.modules["tensorflow"]
        return found

    def find(self, module, name):
        """Looks for a name of an old module wherever it is today."""
        if name.startswith("__"):
            raise NotThere(name)
        if name in ("KerasClassifier", "KerasRegressor"):
            return getattr(wrappers, name)
        if name == "plot" or name == "plot_model" or name == "model_to_dot":
            return lambda *_, **__: None
        if module.endswith("np_utils") and name == "to_categorical":
            return self.to_categorical
        if name == "tensorflow_backend":
            return self.keras.backend
        for part in SEARCHED:
            place = getattr(self.keras, part, None)
            if place is None:
                continue
            if hasattr(place, name):
                return getattr(place, name)
            lost = self.of(part)
            if name in lost:
                return lost[name]
        for part in LEGACY:
            place = optional("keras.src.legacy." + part)
            if place is not None and hasattr(place, name):
                return getattr(place, name)
        if hasattr(self.keras, name):
            return getattr(self.keras, name)
        raise NotThere("module %r of the installed Keras has no %s" % (module, name))

    def to_categorical(self, y, num_classes=None, nb_classes=None, **others):
        return self.keras.utils.to_categorical(y, num_classes or nb_classes)


def module_named(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def optional(name):
    try:
        return importlib.import_module(name)
    except Exception:
        return None
