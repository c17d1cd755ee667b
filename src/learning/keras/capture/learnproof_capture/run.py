"""Runs the script, and hands its first training call to the capture."""

import os
import random
import socket
import sys

from .behind import alone, answers
from .old_keras import lost, spellings
from .script import completions, followed, imports, keyboard, notebook, patience, places, plotting, python2, reasons
from .script.ending import Ending, Refusal
from .tables import codes, counted_words, scalings, shuffles
from .training import Capture

SEED = 1
NETWORK_SECONDS = 30


def run(script, arguments, out, failure, fit, seconds=None):
    patience.begin(seconds)
    ending = Ending(failure, script)
    notes = Notes()
    prepare_environment()
    capture = Capture(out, fit, ending, notes)
    try:
        source = read_code(script)
        places.remember(script, source)
        code, is_old_python = python2.compile_script(source, script, notes)
    except Refusal as refusal:
        ending.fail(refusal.code, refusal.message, None)
    except SyntaxError as error:
        ending.script_failed(error)
    compat = spellings.Spellings(source, notes, capture)
    watch_imports(capture, compat, notes)
    sys.argv = [script] + list(arguments)
    sys.path.insert(0, os.path.dirname(os.path.abspath(script)))
    sys.stdin = keyboard.Nobody()
    module = fresh_main(script)
    followed.install(alone.functions())
    if is_old_python:
        module.__dict__.update(python2.BUILTINS)
    try:
        exec(code, module.__dict__)
    except SystemExit as exit:
        capture.script_ended(is_whole=True)
        if exit.code not in (None, 0):
            ending.fail(
                "script-exit",
                reasons.exit_words(exit.code),
                None,
            )
    except Refusal as refusal:
        capture.after_ended()
        ending.refuse(refusal)
    except BaseException as error:
        capture.script_ended()
        ending.script_failed(error)
    capture.script_ended(is_whole=True)
    message, place = capture.why_nothing()
    ending.fail("no-training", message, place)


class Notes:
    """Sentences for the user, each once."""

    def __init__(self):
        self.sentences = []

    def add(self, sentence):
        if sentence not in self.sentences:
            self.sentences.append(sentence)


def prepare_environment():
    os.environ["MPLBACKEND"] = "Agg"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    random.seed(SEED)
    shuffles.watch_random()
    if socket.getdefaulttimeout() is None:
        socket.setdefaulttimeout(NETWORK_SECONDS)


def read_source(script):
    import tokenize

    try:
        with tokenize.open(script) as file:
            return file.read()
    except (UnicodeDecodeError, SyntaxError):
        with open(script, encoding="latin-1") as file:
            return file.read()


def read_code(script):
    text = read_source(script)
    if not notebook.is_notebook(script):
        return text
    try:
        return notebook.code_of(text)
    except (ValueError, KeyError, TypeError):
        raise Refusal("invalid-notebook", "is no notebook that Jupyter wrote; save it again, or export it as a script")


def fresh_main(script):
    import types

    module = types.ModuleType("__main__")
    module.__file__ = script
    module.__builtins__ = __builtins__
    sys.modules["__main__"] = module
    return module


def watch_imports(capture, compat, notes):
    after = {
        "matplotlib": plotting.quiet_matplotlib,
        "matplotlib.pyplot": plotting.quiet_pyplot,
        "cv2": plotting.quiet_opencv,
        "numpy": both(both(seed_numpy, completions.complete_numpy), shuffles.watch_numpy),
        "pandas": both(completions.complete_pandas, codes.watch_pandas),
        "joblib": in_one_process,
        "sklearn.preprocessing": both(
            both(completions.complete_encoders, answers.watch_scalers), both(codes.watch_encoders, scalings.watch_scalers)
        ),
        "sklearn.feature_extraction.text": counted_words.watch_vectorizers,
        "sklearn.metrics": answers.watch_measures,
        "sklearn.utils": shuffles.watch_sklearn,
        "keras.src.legacy.preprocessing.image": shuffles.watch_iterators,
        "tf_keras.src.preprocessing.image": shuffles.watch_iterators,
        "sklearn.utils.class_weight": completions.complete_class_weight,
        "tensorflow": both(lost.complete_tensorflow, capture.tapes.patch_tensorflow),
        "keras": both(capture.patch_keras, compat.complete_keras),
        "tf_keras": both(capture.patch_keras, compat.complete_keras),
    }
    sys.meta_path.insert(0, imports.Watcher(after, compat, {"keras": lambda: choose_backend(notes)}))
    sys.meta_path.append(imports.Supplier(compat.supply))
    sys.meta_path.append(imports.Supplier(plotting.stand_in(notes)))
    for name, act in after.items():
        if name in sys.modules:
            act(sys.modules[name])


GONE_BACKENDS = ("theano", "cntk")


def choose_backend(notes):
    """Keras computes on TensorFlow unless it is told otherwise; that one may not be installed."""
    wanted = os.environ.get("KERAS_BACKEND", "").lower()
    if wanted in GONE_BACKENDS:
        del os.environ["KERAS_BACKEND"]
        notes.add("no Keras computes on %s any more; the installed one takes its usual backend" % wanted)
    if os.environ.get("KERAS_BACKEND") is None and not has_package("tensorflow"):
        other = next((name for name in ("torch", "jax") if has_package(name)), None)
        if other is not None:
            os.environ["KERAS_BACKEND"] = other


def has_package(name):
    import importlib.util

    try:
        return importlib.util.find_spec(name) is not None
    except (ImportError, ValueError):
        return False


def in_one_process(joblib):
    """A search over settings would send its training calls to other processes, out of sight of the capture."""
    for part in ("parallel", "_parallel_backends"):
        module = getattr(joblib, part, None)
        if module is not None:
            module.mp = None


def both(first, second):
    def act(module):
        first(module)
        second(module)

    return act


def seed_numpy(numpy):
    """A script that draws without a seed gives the same data at each capture."""
    numpy.random.seed(SEED)
