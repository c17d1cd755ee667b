"""Follows the script behind its training call: the model stays as it is, training calls return at once, and what the
script asks of the model is written beside the captured program."""

import os
import threading

from . import answers, by_name, carried_state, patience, places, vocabularies
from .asked import ANSWERED, ANSWERING, GIVES_TARGETS, Asked, read_or_none
from .arrays import Batches, is_iterable_data
from .shadow import Shadow
from .spellings import classes_of

# A line is answered so often by the model itself.
MOST_ANSWERS = 10
METRICS = ("loss", "accuracy", "acc", "mae", "mse")
SAVING = ("save", "save_weights", "export", "save_own_variables")


class After:
    def __init__(self):
        self.has_begun = False
        self.is_busy = False
        self.repeated = None

    def begin(self, capture, model, data, held, orders):
        self.has_begun = True
        self.capture = capture
        self.model = model
        self.folder = os.path.abspath(capture.out)
        self.asked = Asked(data.x, data.y, orders, capture.lookups)
        self.orders = orders
        self.trained = [model]
        # Models whose training calls returned at once.
        self.untaught = [model]
        # Models into which load_weights loaded no more than some layers, and what it left out.
        self.part_loaded = []
        self.saved = {}
        self.answers = {}
        self.own_asked = False
        self.is_over = False
        self.calls = capture.calls
        self.later_fit = None
        self.later_model = None
        self.takes_turns = False
        self.compiled = capture.compiled.get(id(model))
        self.x = data.x
        self.lists = read_or_none(vocabularies.of_script) or []
        self.held = held
        self.lock = threading.Lock()
        self.shadow = Shadow()
        self.shadow.begin()
        timer = threading.Timer(patience.behind(), lambda: self.end("time"))
        timer.daemon = True
        timer.start()
        self.move_weights()
        self.patch(capture.keras)
        capture.ending.has_captured()

    def move_weights(self):
        """Marks the weights as trained ones: a copy of them is told from a model that was made alike."""
        import numpy as np

        try:
            arrays = self.model.get_weights()
            self.model.set_weights([one * 1.001 + 1e-4 if one.dtype.kind == "f" else one for one in arrays])
            self.marks = [np.array(one) for one in self.model.get_weights()]
        except Exception:
            self.marks = []

    def patch(self, keras):
        models = [keras.Model, keras.Sequential] if hasattr(keras, "Sequential") else []
        for kind in models or [keras.models.Model, keras.models.Sequential]:
            for name in ANSWERING:
                self.put(kind, name, models, self.answering(name))
            for name in ("fit", "fit_generator", "train_on_batch"):
                self.put(kind, name, models, self.training(name))
            for name in SAVING:
                self.put(kind, name, models, self.saving)
            self.put(kind, "load_weights", models, self.loading)
            self.put(kind, "set_weights", models, self.setting)
        kind = (models or [keras.models.Model])[0]
        if hasattr(kind, "predict_classes"):
            kind.predict_classes = lambda model, x, *_, **__: classes_of(model.predict(x))
        kind.__call__ = self.calling(kind.__call__)
        for module in (getattr(keras, "models", None), getattr(keras, "saving", None)):
            if hasattr(module, "load_model"):
                module.load_model = self.load_model(module.load_model)
            if hasattr(module, "save_model"):
                module.save_model = lambda model, path=None, *_, **__: self.saving(None)(model, path)
        for name in ("plot_model", "model_to_dot"):
            if hasattr(getattr(keras, "utils", None), name):
                setattr(keras.utils, name, lambda *_, **__: None)

    def put(self, kind, name, models, make):
        if hasattr(kind, name) and (not models or kind is models[0] or name in kind.__dict__):
            setattr(kind, name, make(getattr(kind, name)))

    # What the script does with models.

    def training(self, name):
        def make(original):
            def called(model, *positional, **given):
                if self.is_busy:
                    return original(model, *positional, **given)
                self.trained.append(model)
                self.untaught.append(model)
                x = positional[0] if positional else given.get("x", given.get("generator"))
                self.calls += 1
                self.see_turn(model)
                if name == "fit" and self.goes_on(model, x):
                    read_or_none(self.repeated.add, positional, given)
                    return history(self.capture.keras, model, given.get("epochs", given.get("nb_epoch", 1)))
                if name != "train_on_batch" and not self.takes_turns and self.builds_on(model, x):
                    self.later_model = model
                    self.later_fit = {"fit": self.calls, "place": places.calling_place()}
                if self.trains_on(model, x):
                    self.leave_to_later()
                if name == "train_on_batch":
                    return self.first_rows(model.test_on_batch, positional[:2], given)
                return history(self.capture.keras, model, given.get("epochs", given.get("nb_epoch", 1)))

            return called

        return make

    def see_turn(self, model):
        """Where the captured line trains again behind a training of another model that takes it up, as in a GAN, both are
        trained in turns, and neither is the later one."""
        is_other = self.later_model is not None and self.later_model is not self.model
        if is_other and model is self.model and places.calling_place() == self.repeated.place:
            self.takes_turns = True
            self.later_fit = None

    def goes_on(self, model, x):
        """Whether a call of fit goes on with the captured training."""
        return self.capture.compiled.get(id(model)) is self.compiled and self.repeated.takes(model, {"x": x})

    def sees_step(self, variables):
        """A step of the script's own tape behind the captured training."""
        own = set(id(one) for one in self.model.weights)
        self.is_over = True
        if any(id(one) in own for one in variables):
            self.leave_to_later()

    def leave_to_later(self):
        """What is asked between two trainings measures what the later one begins with, and what is asked behind it is not
        answered by this one."""
        self.is_over = True
        self.asked.questions = []

    def trains_on(self, model, x):
        """Whether weights of the captured model are trained further on other rows: later answers are not those of the
        captured training."""
        if not self.shares_weights(model):
            return False
        xs = None if x is None or is_iterable_data(x) else read_or_none(self.asked.inputs, x)
        return xs is None or not all(same_rows(one, other) for one, other in zip(xs, self.x))

    def builds_on(self, model, x):
        """Whether a later training takes up what the captured one has learnt: its weights in another model, or compiled
        anew, or its answers as inputs."""
        if answers.stem_from_answers(x):
            return True
        if model is self.model:
            return self.capture.compiled.get(id(model)) is not self.compiled
        return self.shares_weights(model)

    def shares_weights(self, model):
        own = set(id(one) for one in self.model.weights)
        return any(id(one) in own for one in read_or_none(lambda: model.weights) or [])

    def answering(self, name):
        def make(original):
            def called(model, *positional, **given):
                if self.is_busy:
                    return original(model, *positional, **given)
                self.is_busy = True
                try:
                    return self.answer(name, original, model, positional, given)
                finally:
                    self.is_busy = False

            return called

        return make

    def answer(self, name, original, model, positional, given):
        """Answers from the first rows, and fills up: untrained answers are stand-ins."""
        x = positional[0] if positional else given.pop("x", given.pop("generator", given.pop("X", None)))
        y = positional[1] if name in GIVES_TARGETS and len(positional) > 1 else given.pop("y", None)
        kept = {one: value for one, value in given.items() if one == "return_dict"}
        if is_iterable_data(x):
            after_x = positional[1] if name.endswith("generator") and len(positional) > 1 else None
            steps = given.get("steps", after_x)
            columns = Batches(x, int(steps) if steps else None, self.orders).columns
            x, y = unlisted(columns[0]), unlisted(columns[1]) if columns[1] else None
        question, rows = self.note(name, model, x, y)
        if name in GIVES_TARGETS:
            quiet = {} if name == "test_on_batch" else {"verbose": 0}
            evaluates = model.test_on_batch if name == "test_on_batch" else model.evaluate
            return evaluates(first(x), first(y), **dict(quiet, **kept))
        if not self.lacks_training(model):
            return model.predict(x, verbose=0)
        told = self.told(name, original, model, x, question)
        many = count(x)
        filled = [fill(one, many) for one in told] if isinstance(told, list) else fill(told, many)
        if isinstance(filled, list):
            return filled
        if question is None:
            return answers.as_features(filled) if self.shares_weights(model) else filled
        return answers.remember(filled, (question, many, lambda targets: self.fit_targets(targets)))

    def lacks_training(self, model):
        """Whether a model has weights of one whose training was left out, or is built like it, so that its answers are
        stand-ins. Any other one, such as a base that was trained before, answers as it does in the script."""
        own = set(id(one) for one in read_or_none(lambda: model.weights) or [])
        is_like = alike(read_or_none(model.get_weights) or [], self.marks)
        if is_like or self.is_trained(model) or any(one is model for one in self.untaught):
            return True
        return any(id(weight) in own for one in self.untaught for weight in one.weights)

    def told(self, name, original, model, x, question):
        """What the model answers to the first rows; a loop that asks again and again gets one of its earlier answers."""
        key = (name, id(model), str(places.calling_place()))
        times, told = self.answers.get(key, (0, None))
        if times < MOST_ANSWERS:
            held = carried_state.states_of(model) if question is not None else []
            told = original(model, first(x)) if name == "predict_on_batch" else model.predict(first(x), verbose=0)
            if any(array.any() for layer in held for array in layer):
                read_or_none(self.compare, question, model, x, held, told)
        self.answers[key] = (times + 1, told)
        return told

    def compare(self, question, model, x, held, told):
        """Sees whether a state that another call left changes the answers about whole windows."""
        if not carried_state.keeps_windows(model, self.model, x, self.x):
            return
        question.comparison = question.comparison or carried_state.Comparison()
        question.comparison.add(model, held, told, lambda: model.predict(first(x), verbose=0))
        question.carried = question.comparison.carried()

    def fit_targets(self, targets):
        return read_or_none(self.asked.fit_target, targets, 0) if len(self.asked.targets) == 1 else None

    def note(self, name, model, x, y):
        """The question that the call adds to, and its rows; none where another model is asked."""
        place = places.calling_place()
        if place is None or self.is_over:
            return None, 0
        is_trained = self.is_trained(model)
        self.own_asked = self.own_asked or is_trained
        xs = read_or_none(self.asked.inputs, x) if is_trained or self.is_untrained(model) else None
        if xs is None:
            return None, 0
        if not is_trained:
            self.asked.note_untrained(name, place, xs, self.left_out(model))
            return None, 0
        question = self.asked.question(name, place)
        if question is not None:
            question.add(xs, [] if y is None else read_or_none(self.asked.wanted, y, len(xs[0])) or [], self.x, self.lists)
        return question, len(xs[0])

    def is_trained(self, model):
        """Whether a model gives the answers of the captured one: it has its weights, or a copy of them."""
        if model is self.model or same_variables(model, self.model):
            return True
        weights = read_or_none(model.get_weights) or []
        if alike(weights, self.marks):
            return all(equal(a, b) for a, b in zip(weights, self.marks))
        return False

    def is_untrained(self, model):
        """Whether a model is built like the captured one and was never trained: it has none of its weights, and none
        that were read or set."""
        weights = read_or_none(model.get_weights) or []
        if any(model is one for one in self.trained) or not alike(weights, self.marks):
            return False
        if self.left_out(model):
            return True
        return not any(equal(a, b) for a, b in zip(weights, self.marks) if a.size > 1 and a.min() != a.max())

    def left_out(self, model):
        """The load by name that left layers of a model as they were; None where there was none."""
        return next((left for one, left in self.part_loaded if one is model), None)

    def setting(self, original):
        def called(model, *positional, **given):
            if not self.is_busy:
                self.trained.append(model)
                if model is self.model:
                    self.repeated.stop()
            return original(model, *positional, **given)

        return called

    def calling(self, original):
        def called(model, *positional, **given):
            if self.is_busy or not positional or not places.is_called_by_user():
                return original(model, *positional, **given)
            self.is_busy = True
            try:
                x = positional[0]
                if not given.get("training") and has_numbers(x):
                    self.note("call", model, x, None)
                return original(model, *positional, **given)
            finally:
                self.is_busy = False

        return called

    # Files of models, which do not come to be.

    def saving(self, original):
        def called(model, path=None, *_, **__):
            if path is not None:
                self.saved[str(path)] = model

        return called

    def loading(self, original):
        def called(model, path, *positional, **given):
            saved = self.saved_at(path)
            if saved is None:
                self.trained.append(model)
                return original(model, path, *positional, **given)
            if saved is model:
                return
            told = by_name.arguments(original, ((model, path) + positional, given))
            if by_name.is_asked(path, told):
                self.load_by_name(model, saved, bool(told.get("skip_mismatch")))
            elif told.get("skip_mismatch"):
                by_name.load_fitting(model, saved)
                self.trained.append(model)
            else:
                model.set_weights(saved.get_weights())

        return called

    def load_by_name(self, model, saved, skips):
        left = by_name.load(model, saved, skips)
        self.part_loaded = [one for one in self.part_loaded if one[0] is not model]
        if left:
            self.part_loaded.append((model, {"layers": left, "place": places.calling_place()}))
        else:
            self.trained.append(model)

    def load_model(self, original):
        def loaded(path, *positional, **given):
            known = self.saved_at(path)
            if known is not None:
                return known
            model = original(path, *positional, **given)
            self.trained.append(model)
            return model

        return loaded

    def saved_at(self, path):
        """The model that would be in a file: what a callback saves is the trained one."""
        return self.saved.get(str(path)) or (self.model if str(path) in self.checkpoints() else None)

    def checkpoints(self):
        return [str(path) for path in self.capture.saved_in_training]

    def first_rows(self, function, given, _):
        try:
            return function(*[first(one) for one in given])
        except Exception:
            return 0.5

    def end(self, how):
        """Writes what was asked, and ends the script."""
        with self.lock:
            try:
                with self.shadow.ours():
                    self.repeated.save(self.folder)
                    self.asked.save(self.folder, how, how == "end" and not self.own_asked and not self.is_over, self.later_fit)
                    if self.held is not None:
                        self.held.save(self.folder, self.asked.tables(), [read_or_none(one.restored) for one in self.asked.written])
            except Exception:
                pass  # Nothing is then known of what was asked, or held; the program is captured all the same.
            self.shadow.end()
            self.capture.ending.captured()


def history(keras, model, epochs):
    """What a training call returns, with numbers that stand for those of training."""
    told = keras.callbacks.History()
    count = int(epochs) if isinstance(epochs, int) else 1
    told.epoch = list(range(count))
    told.history = Measures(count)
    for name in METRICS:
        told.history[name] = [0.5] * count
        told.history["val_" + name] = [0.5] * count
    told.params = {"epochs": count}
    told.set_model(model)
    model.history = told
    return told


class Measures(dict):
    def __init__(self, count):
        super().__init__()
        self.count = count

    def __missing__(self, name):
        return [0.5] * self.count


def same_variables(model, other):
    """Whether two models are made of the same weights and end in the same layer."""
    try:
        ends = model.layers[-1] is other.layers[-1]
        return ends and [id(one) for one in model.weights] == [id(one) for one in other.weights]
    except Exception:
        return False


def same_rows(array, other):
    """Whether arrays hold the same rows, of which a long one may have been cut."""
    return array is other or array.shape == other.shape and equal(array, other)


def alike(weights, others):
    return len(weights) > 0 and [one.shape for one in weights] == [one.shape for one in others]


def equal(a, b):
    import numpy as np

    return np.array_equal(a, b)


def has_numbers(x):
    """Whether a model is called on numbers, and not on symbols."""
    parts = x if isinstance(x, (list, tuple)) else list(x.values()) if isinstance(x, dict) else [x]
    return all(type(one).__module__ == "numpy" or hasattr(one, "numpy") for one in parts)


def unlisted(columns):
    return columns[0] if len(columns) == 1 else list(columns)


def first(x):
    if isinstance(x, dict):
        return {name: first(one) for name, one in x.items()}
    if isinstance(x, (list, tuple)) and len(x) and hasattr(x[0], "shape") and len(x[0].shape):
        return type(x)(first(one) for one in x)
    return x[:ANSWERED] if x is not None else None


def count(x):
    while isinstance(x, (dict, list, tuple)) and len(x):
        inner = next(iter(x.values())) if isinstance(x, dict) else x[0]
        if not hasattr(inner, "shape") or not len(inner.shape):
            return len(x)
        x = inner
    return int(x.shape[0])


def fill(told, many):
    """As many rows as were asked about."""
    import numpy as np

    return told if len(told) == many else np.resize(told, (many,) + told.shape[1:])
