"""Old spellings of Keras, of the years 2015 to 2019, for a Keras that no longer knows them."""

import functools
import importlib
import re
import sys

from ..model import callbacks
from ..script import completions, python2
from ..script.rewritten import wrap
from . import old_arguments, wrappers
from .made_optimizers import OLD_RATES, MadeOptimizers
from .old_models import OldModels
from .old_names import OldNames

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
        self.names = None
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
        self.names = OldNames(keras)
        self.version = version_of(keras)
        self.patch_layers(keras)
        MadeOptimizers(self, self.capture).patch(keras)
        OldModels(self, self.capture).patch(keras)
        callbacks.make_tolerant(keras, self.notes)
        legacy = getattr(keras.optimizers, "legacy", None)
        if legacy is not None and self.version >= (3, 0):
            for name, kind in self.names.of("legacy_optimizers").items():
                setattr(legacy, name, kind)
        for name in list(sys.modules):
            if self.matches(name):
                self.complete(sys.modules[name])

    def complete(self, module):
        """Adds what a module has lost, and takes away nothing."""
        kind = module.__name__.rsplit(".", 1)[1]
        for name, value in self.names.of(kind).items():
            try:
                if not hasattr(module, name):
                    setattr(module, name, value)
            except Exception:
                pass

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
                return functools.partial(self.names.find, name)
        return None

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

    def sentence(self):
        """One sentence about what was translated; None if nothing was."""
        if not self.renamed:
            return None
        pairs = ", ".join("%s as %s" % pair for pair in sorted(self.renamed.items()))
        return "the installed Keras no longer knows some spellings; learnproof reads %s" % pairs


def read_attribute(module, name):
    return getattr(module, name)


def version_of(keras):
    numbers = re.findall(r"\d+", str(getattr(keras, "__version__", "3.0")))
    return tuple(int(one) for one in numbers[:2])
