"""Old spellings of Keras, of the years 2015 to 2019, for a Keras that no longer knows them."""

import functools
import importlib
import re
import sys

from . import callbacks, completions, lost, merging, old_arguments, places, python2, wrappers
from .signatures import looking_like

# Signs of Keras 1, which no later version uses.
KERAS_1 = re.compile(
    r"border_mode|subsample(_length)?\s*=\s*[(\d]|nb_epoch|nb_filter|nb_row|nb_val_samples|dim_ordering"
    r"|Dense\(\s*output_dim\s*=|show_accuracy|class_mode"
    r"|\binit\s*=\s*['\"](uniform|normal|glorot_\w+|he_\w+|lecun_\w+|zero|one|orthogonal|identity)['\"]"
    r"|samples_per_epoch|W_regularizer|inner_activation|inner_init|TimeDistributedDense|\bMerge\(|consume_less"
)
# The height and width of a kernel one by one; a later Keras takes the second number for the strides.
BY_PLACE = re.compile(r"Convolution[23]D\(\s*[^,()=]+,[^,()=]+,[^,()=]+[,)]")
KERAS_2 = re.compile(r"padding\s*=\s*['\"](same|valid)|[(,]\s*learning_rate\s*=|kernel_(initializer|regularizer)\s*=")

OLD_RATES = {"adadelta": 1.0, "adagrad": 0.01, "nadam": 0.002}
OLD_METRICS = ("fmeasure", "fbeta_score", "precision", "recall", "matthews_correlation")

OLD_MODULES = re.compile(
    r"^(layers\.(core|convolutional|recurrent|normalization|advanced_activations|embeddings|wrappers|noise|local|pooling"
    r"|merge|containers|convolutional_recurrent|cudnn_recurrent|experimental|experimental\.preprocessing|preprocessing"
    r"|(core|convolutional|normalization|activation|rnn|pooling|merging|reshaping|regularization|attention)(\.\w+)?)"
    r"|engine|engine\.\w+|objectives|initializations|legacy(\.\w+)*|wrappers|wrappers\.scikit_learn|optimizer_v[12](\.\w+)?"
    r"|optimizers\.(adam_v2|legacy|schedules|sgd|adam|rmsprop|experimental|gradient_descent_v2)|optimizer_experimental"
    r"|utils\.(np_utils|visualize_util|vis_utils|generic_utils|data_utils|layer_utils|io_utils|training_utils"
    r"|test_utils|multi_gpu_utils|conv_utils|all_utils)|preprocessing\.(image|sequence|text)"
    r"|backend\.tensorflow_backend|backend\.common|regularizers|constraints|models|activations|advanced_activations"
    r"|saving|saving\.\w+)$"
)
ROOTS = ("keras.", "tensorflow.keras.", "tf_keras.", "tensorflow.contrib.keras.", "keras.api._v2.keras.")
SEARCHED = ("layers", "models", "optimizers", "regularizers", "constraints", "initializers", "losses", "metrics",
            "activations", "callbacks", "utils", "datasets", "preprocessing", "applications", "backend")
LEGACY = ("preprocessing.text", "preprocessing.image", "preprocessing.sequence")
COMPLETED = re.compile(r"(^|\.)(tf_)?keras(\.api\._v2\.keras)?\.(layers|models|utils|backend|optimizers|regularizers"
                       r"|constraints|preprocessing(\.(image|sequence|text))?|losses|initializers|callbacks)$")


class Spellings:
    def __init__(self, source, notes, capture):
        is_by_place = BY_PLACE.search(source) is not None and KERAS_2.search(source) is None
        self.is_old = KERAS_1.search(source) is not None or is_by_place
        self.sets_format = "dim_ordering" in source or "data_format" in source
        self.notes = notes
        self.capture = capture
        self.renamed = {}
        self.keras = None
        self.version = (3, 0)
        capture.is_old = self.is_old
        capture.compat = self

    # What is watched: modules that get the names that they have lost.

    def matches(self, name):
        return COMPLETED.search(name) is not None and ".src." not in name

    def __call__(self, module):
        if self.keras is not None:
            self.complete(module)

    def complete_keras(self, keras):
        self.keras = keras
        self.version = version_of(keras)
        self.patch_layers(keras)
        self.patch_optimizers(keras)
        self.patch_models(keras)
        callbacks.make_tolerant(keras, self.notes)
        legacy = getattr(keras.optimizers, "legacy", None)
        if legacy is not None and self.version >= (3, 0):
            for name, kind in self.lost("legacy_optimizers").items():
                setattr(legacy, name, kind)
        for name in list(sys.modules):
            if self.matches(name):
                self.complete(sys.modules[name])

    def complete(self, module):
        """Adds what a module has lost, and takes away nothing."""
        kind = module.__name__.rsplit(".", 1)[1]
        for name, value in self.lost(kind).items():
            try:
                if not hasattr(module, name):
                    setattr(module, name, value)
            except Exception:
                pass

    def lost(self, kind):
        layers = self.keras.layers
        if kind == "layers":
            return self.lost_layers(layers)
        if kind == "utils":
            return {
                "np_utils": self.module_of("keras.utils.np_utils"),
                "vis_utils": self.module_of("keras.utils.vis_utils"),
                "plot_model": lambda *_, **__: None,
                "multi_gpu_model": lambda model, *_, **__: model,
                "to_categorical": self.keras.utils.to_categorical,
            }
        if kind == "backend":
            return self.lost_backend(self.keras.backend)
        if kind == "optimizers":
            found = {name.lower(): getattr(self.keras.optimizers, name) for name in
                     ("Adam", "SGD", "RMSprop", "Adagrad", "Adadelta", "Adamax", "Nadam")}
            return found
        if kind == "legacy_optimizers":
            return {name: getattr(self.keras.optimizers, name) for name in
                    ("Adam", "SGD", "RMSprop", "Adagrad", "Adadelta", "Adamax", "Nadam", "Ftrl")}
        if kind == "regularizers":
            return lost.regularizers(self.keras.regularizers)
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

    def lost_layers(self, layers):
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

    def lost_backend(self, backend):
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

    def module_of(self, name):
        try:
            return importlib.import_module(name)
        except ImportError:
            return None

    # What no one finds: modules of old versions.

    def supply(self, name):
        now = python2.MODULES.get(name)
        if now is not None:
            try:
                module = importlib.import_module(now)
            except ImportError:
                return None
            return functools.partial(read_attribute, module)
        if name == "sklearn.cross_validation":
            return completions.old_splitters
        if name in ("scikeras", "scikeras.wrappers"):
            return wrappers.attribute
        if name == "tensorflow.contrib" or name == "tensorflow.contrib.keras":
            return lambda attribute: getattr(sys.modules["tensorflow"], attribute)
        for root in ROOTS:
            if name.startswith(root) and OLD_MODULES.match(name[len(root):]):
                if self.keras is None:
                    importlib.import_module("keras")
                return functools.partial(self.find, name)
        return None

    def find(self, module, name):
        """Looks for a name of an old module wherever it is today."""
        if name.startswith("__"):
            raise AttributeError(name)
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
            lost = self.lost(part)
            if name in lost:
                return lost[name]
        for part in LEGACY:
            place = optional("keras.src.legacy." + part)
            if place is not None and hasattr(place, name):
                return getattr(place, name)
        if hasattr(self.keras, name):
            return getattr(self.keras, name)
        raise AttributeError("module %r of the installed Keras has no %s" % (module, name))

    def to_categorical(self, y, num_classes=None, nb_classes=None, **others):
        return self.keras.utils.to_categorical(y, num_classes or nb_classes)

    # What still exists, but takes its arguments by other names.

    def patch_layers(self, keras):
        for name in dir(keras.layers):
            kind = getattr(keras.layers, name)
            if isinstance(kind, type) and issubclass(kind, keras.layers.Layer) and kind is not keras.layers.Layer:
                if "__init__" in kind.__dict__ and not getattr(kind.__init__, "is_learnproofs", False):
                    wrap(kind, "__init__", functools.partial(old_arguments.rewrite, self, kind))

    def rename(self, given, names):
        for old, new in names.items():
            if old in given and old != new:
                value = given.pop(old)
                given.setdefault(new, value)
                self.renamed[old] = new

    def patch_optimizers(self, keras):
        base = keras.optimizers.Optimizer
        for name in dir(keras.optimizers):
            kind = getattr(keras.optimizers, name)
            if isinstance(kind, type) and issubclass(kind, base) and kind is not base and "__init__" in kind.__dict__:
                if not getattr(kind.__init__, "is_learnproofs", False):
                    self.wrap_optimizer(kind)

    def wrap_optimizer(self, kind):
        original = kind.__init__

        def init(optimizer, *positional, **keywords):
            given = dict(keywords)
            self.rename(given, {"lr": "learning_rate"})
            if given.get("epsilon", 0) is None:
                del given["epsilon"]
            given.pop("schedule_decay", None)
            if self.is_old and not positional and "learning_rate" not in given:
                rate = OLD_RATES.get(kind.__name__.lower())
                if rate is not None:
                    given["learning_rate"] = rate
            if self.version >= (2, 11) and "decay" in given:
                self.capture.decays[id(optimizer)] = float(given.pop("decay") or 0)
                self.renamed["decay"] = "a learning rate that falls as Keras 2 did it"
            self.capture.optimizer_places[id(optimizer)] = (optimizer, places.calling_place())
            original(optimizer, *positional, **given)

        for name in ("apply_gradients", "apply", "minimize"):
            if hasattr(kind, name):
                self.note_updates(kind, name)
        looking_like(original, init, "__init__")
        init.is_learnproofs = True
        kind.__init__ = init

    def note_updates(self, kind, name):
        """Remembers that the script applies gradients by itself."""
        original = getattr(kind, name)

        def called(optimizer, *positional, **keywords):
            if not self.capture.is_busy:
                pairs = None
                if name == "apply_gradients":
                    # A zip can be read once alone.
                    given = positional[0] if positional else keywords.pop("grads_and_vars")
                    pairs = list(given)
                    positional = (pairs,) + positional[1:]
                elif name == "apply" and len(positional) == 2:
                    pairs = list(zip(*positional))
                self.capture.watch.see_updates(pairs)
                self.capture.tapes.see_updates(optimizer, pairs)
            return original(optimizer, *positional, **keywords)

        looking_like(original, called, name)
        setattr(kind, name, called)

    def patch_models(self, keras):
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

    def rewrite_model(self, positional, keywords):
        given = dict(keywords)
        if "input" in given or "output" in given:
            self.rename(given, {"input": "inputs", "output": "outputs"})
        return positional, given

    def rewrite_compile(self, given):
        """Changes the arguments of compile in place."""
        for name in ("class_mode", "theano_mode"):
            given.pop(name, None)
        optimizer = given.get("optimizer")
        if self.is_old and isinstance(optimizer, str) and optimizer.lower() in OLD_RATES:
            given["optimizer"] = self.keras.optimizers.get(optimizer)
            given["optimizer"].learning_rate = OLD_RATES[optimizer.lower()]
            self.notes.add("the learning rate of %s is %s, as in Keras 1" % (optimizer, OLD_RATES[optimizer.lower()]))
        if given.get("loss") == "cosine_proximity":
            given["loss"] = "cosine_similarity"
        metrics = given.get("metrics")
        if self.is_old and isinstance(metrics, list):
            given["metrics"] = [one for one in metrics if one not in OLD_METRICS]

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

    def complete_tensorflow(self, tensorflow):
        first = getattr(getattr(tensorflow, "compat", None), "v1", None)
        if first is None:
            return
        for name in ("ConfigProto", "Session", "InteractiveSession", "GPUOptions", "reset_default_graph", "placeholder",
                     "get_default_graph", "global_variables_initializer", "app", "flags", "get_variable",
                     "enable_eager_execution", "disable_v2_behavior", "truncated_normal", "random_normal"):
            if not hasattr(tensorflow, name) and hasattr(first, name):
                setattr(tensorflow, name, getattr(first, name))
        if not hasattr(tensorflow, "set_random_seed"):
            tensorflow.set_random_seed = tensorflow.random.set_seed
        for name, value in lost.tensorflow_optimizers(tensorflow).items():
            if not hasattr(tensorflow.train, name):
                setattr(tensorflow.train, name, value)

    def sentence(self):
        """One sentence about what was translated; None if nothing was."""
        if not self.renamed:
            return None
        pairs = ", ".join("%s as %s" % pair for pair in sorted(self.renamed.items()))
        return "the installed Keras no longer knows some spellings; learnproof reads %s" % pairs


def wrap(kind, name, rewrite):
    """Lets `rewrite` change the arguments before the class sees them."""
    original = kind.__dict__[name]
    if isinstance(original, staticmethod):
        original = original.__func__

    def wrapped(self, *positional, **keywords):
        positional, keywords = rewrite(positional, keywords)
        return original(self, *positional, **keywords)

    looking_like(original, wrapped, name)
    wrapped.is_learnproofs = True
    setattr(kind, name, staticmethod(wrapped) if name == "__new__" else wrapped)


def read_attribute(module, name):
    return getattr(module, name)


def optional(name):
    try:
        return importlib.import_module(name)
    except Exception:
        return None


def version_of(keras):
    numbers = re.findall(r"\d+", str(getattr(keras, "__version__", "3.0")))
    return tuple(int(one) for one in numbers[:2])


def classes_of(told):
    """Up to TensorFlow 2.5 predict_classes took the largest output, and of a single one whether it is above a half."""
    return told.argmax(-1) if told.shape[-1] > 1 else (told > 0.5).astype("int32")
