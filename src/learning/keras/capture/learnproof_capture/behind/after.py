"""Follows the script behind its training call: the model stays as it is, training calls return at once, and what the
script asks of the model is written beside the captured program."""

import contextlib
import os
import threading

from ..model.model_classes import model_classes, replace
from ..old_keras.old_models import classes_of
from ..script import patience, places
from ..script.shadow import Shadow
from ..tables import vocabularies
from . import answers, tensors
from .answering import Answering
from .asked import ANSWERING, Asked, has_numbers
from .known_models import KnownModels
from .later_training import LaterTraining
from .model_files import ModelFiles
from .own_fault import save_fault
from .question import read_or_none
from .rounds import Rounds
from .stand_ins import first, history


class After:
    def __init__(self, out):
        self.folder = os.path.abspath(out)
        self.has_begun = False
        self.is_busy = False
        self.repeated = None

    def begin(self, capture, model, data, held, orders):
        self.capture = capture
        self.held = held
        self.asked = Asked(data.x, data.y, orders, capture.judged.lookups, data.shown_steps)
        self.lock = threading.Lock()
        self.shadow = Shadow()
        self.shadow.begin()
        self.has_begun = True
        timer = threading.Timer(patience.behind(), lambda: self.end("time"))
        timer.daemon = True
        timer.start()
        self.known = KnownModels(model)
        lists = read_or_none(vocabularies.of_script) or []
        self.rounds = Rounds(data.x)
        self.answering = Answering(self.known, self.asked, data.x, orders, lists, self.rounds)
        self.later = LaterTraining(self.known, capture.compiled, data.x, self.asked.inputs, capture.calls)
        self.files = ModelFiles(self.known, capture.saved_in_training)
        self.patch(capture.keras)
        capture.ending.has_captured()

    def patch(self, keras):
        for name in ANSWERING:
            replace(keras, name, lambda original, name=name: self.answer(name, original))
        for name in ("fit", "fit_generator", "train_on_batch"):
            replace(keras, name, lambda original, name=name: self.training(name, original))
        replace(keras, "set_weights", self.setting)
        self.files.patch(keras)
        kind = model_classes(keras)[0]
        if hasattr(kind, "predict_classes"):
            kind.predict_classes = lambda model, x, *_, **__: classes_of(model.predict(x))
        kind.__call__ = self.calling(kind.__call__)
        for name in ("plot_model", "model_to_dot"):
            if hasattr(getattr(keras, "utils", None), name):
                setattr(keras.utils, name, lambda *_, **__: None)

    def training(self, name, original):
        def called(model, *positional, **given):
            if self.is_busy:
                return original(model, *positional, **given)
            self.known.learns(model)
            x = positional[0] if positional else given.get("x", given.get("generator"))
            self.later.see_call(model, self.repeated.place)
            if name == "fit":
                self.later.see_frozen(model)
            if name == "fit" and self.later.goes_on(model) and self.repeated.takes(model, {"x": x}):
                read_or_none(self.repeated.add, positional, given)
                self.rounds.trains(self.later.rows(x))
                return self.history(model, given)
            if name != "train_on_batch":
                self.later.see_taking_up(model, x)
            if self.later.trains_on(model, x):
                self.leave_to_later()
            if name == "train_on_batch":
                return first_rows(model.test_on_batch, positional[:2])
            return self.history(model, given)

        return called

    def history(self, model, given):
        return history(self.capture.keras, model, given.get("epochs", given.get("nb_epoch", 1)))

    def sees_step(self, variables):
        """A step of the script's own tape behind the captured training."""
        own = set(id(one) for one in self.known.model.weights)
        self.answering.is_over = True
        if any(id(one) in own for one in variables):
            self.leave_to_later()

    def leave_to_later(self):
        """What is asked between two trainings measures what the later one begins with, and what is asked behind it is not
        answered by this one."""
        self.answering.is_over = True
        self.asked.questions = []

    def answer(self, name, original):
        def called(model, *positional, **given):
            if self.is_busy:
                return original(model, *positional, **given)
            self.is_busy = True
            try:
                return self.answering.answer(name, original, model, positional, given)
            finally:
                self.is_busy = False

        return called

    def calling(self, original):
        def called(model, *positional, **given):
            if self.is_busy or not positional or not places.is_called_by_user():
                return original(model, *positional, **given)
            self.is_busy = True
            try:
                is_taped = given.get("training") and self.capture.tapes.step is not None
                origin = None
                if has_numbers(positional[0]) and not is_taped:
                    origin = self.answering.note_call(model, positional[0], bool(given.get("training")))
                told = original(model, *positional, **given)
                if origin is not None:
                    tensors.mark(told, answers.remember(told.numpy(), origin) if hasattr(told, "numpy") else None)
                return told
            finally:
                self.is_busy = False

        return called

    def setting(self, original):
        def called(model, *positional, **given):
            if not self.is_busy:
                self.known.is_given_weights(model)
                if model is self.known.model:
                    self.repeated.stop()
            return original(model, *positional, **given)

        return called

    def fail(self, error):
        """Tells of a fault of ours. What the script writes goes to another place once it is shadowed."""
        with self.shadow.ours() if self.has_begun else contextlib.nullcontext():
            save_fault(self.folder, error)

    def end(self, how):
        """Writes what was asked, and ends the script."""
        with self.lock:
            try:
                with self.shadow.ours():
                    asks_others = how == "end" and not self.answering.own_asked and not self.answering.is_over
                    self.repeated.save(self.folder, self.files.loaded_back, self.later.frozen_behind)
                    self.rounds.save()
                    self.asked.save(self.folder, how, asks_others, self.later.found, asks_others and not self.answering.asks)
                    if self.held is not None:
                        self.held.save(self.folder, self.asked.tables(), [read_or_none(one.restored) for one in self.asked.written])
            except Exception as error:
                self.fail(error)
            self.shadow.end()
            self.capture.ending.captured()


def first_rows(function, given):
    try:
        return function(*[first(one) for one in given])
    except Exception:
        return 0.5
