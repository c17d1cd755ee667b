"""Takes the place of fit, fit_generator and train_on_batch, and writes the captured program."""

import contextlib
import random
import threading

from .behind.after import After
from .behind.question import read_or_none
from .behind import tensors
from .behind.asked_early import AskedEarly
from .behind.repeated import Repeated
from .behind.stand_ins import history
from .description import Description
from .given import COMPILE, FIT, FIT_GENERATOR, OLD_FIT_GENERATOR, OLD_NAMES, bind, taken_by
from .judged import Judged
from .loop.loops import Loops
from .loop.own_step import has_own_step
from .loop.tape import Tapes
from .loop.untrained import WITHOUT_UPDATES, Watch
from .model import callbacks
from .model.model_classes import model_classes, replace
from .model.model_facts import orders_of
from .script import places
from .script.ending import Refusal
from .script.signatures import looking_like
from .tables.held import Held
from .tables.sown import Sown


ANSWERING = ("predict", "predict_on_batch")


class Capture:
    def __init__(self, out, wanted, ending, notes):
        self.out = out
        self.wanted = wanted
        self.ending = ending
        self.notes = notes
        self.calls = 0
        self.keras = None
        self.layer_places = {}
        self.compiled = {}
        self.decays = {}
        self.optimizer_places = {}
        self.is_old = False
        self.judged = None
        self.loops = Loops(self)
        self.tapes = Tapes(self)
        self.is_busy = False
        self.watch = Watch()
        self.after = After(out)
        self.early = AskedEarly()
        # Held while the program of a loop is written, by the script's end or by that of its time.
        self.lock = threading.RLock()
        self.saved_in_training = []
        self.sown = Sown()
        self.compat = None
        self.substitutes = {}
        self.substitute = lambda model: model

    def patch_keras(self, keras):
        """Called once Keras has been loaded: puts the capture in the place of its training functions."""
        self.keras = keras
        self.seed(keras)
        kinds = model_classes(keras)
        self.put(keras, "fit", self.take_fit)
        self.put(keras, "train_on_batch", self.loops.take_train_on_batch)
        self.put(keras, "compile", self.note_compile)
        if hasattr(kinds[0], "fit_generator"):
            self.put(keras, "fit_generator", self.take_fit_generator)
        else:
            kinds[0].fit_generator = method(self.take_fit_generator, None, "fit_generator")
        for name in WITHOUT_UPDATES:
            self.put(keras, name, self.see_call(name))
        for name in ANSWERING:
            self.put(keras, name, self.see_asked(name))
        self.loops.watch_calls(kinds[0])
        tensors.watch(keras)
        self.loops.carried.watch(keras, self)
        self.tapes.patch_keras(keras)
        layer = keras.layers.Layer
        layer.__init__ = method(self.note_layer, layer.__init__, "__init__")

    def put(self, keras, name, take):
        replace(keras, name, lambda original: method(take, original, name))

    def seed(self, keras):
        """Seeds the initial weights, unless the script does it itself, and leaves other generators as they were."""
        set_seed = getattr(getattr(keras, "utils", None), "set_random_seed", None)
        if set_seed is None:
            return
        import numpy

        python, numbers = random.getstate(), numpy.random.get_state()
        set_seed(1)
        self.sown.begin()
        random.setstate(python)
        numpy.random.set_state(numbers)

    def note_layer(self, original, layer, *positional, **keywords):
        if id(layer) not in self.layer_places:
            self.layer_places[id(layer)] = (layer, places.calling_place())
        return original(layer, *positional, **keywords)

    def note_compile(self, original, model, *positional, **keywords):
        model = self.substitute(model)
        given = bind(COMPILE, positional, keywords)
        self.compat.rewrite_compile(given)
        self.compiled[id(model)] = (model, given, places.calling_place())
        return original(model, **given)

    def see_call(self, name):
        """Counts the calls of a function that changes no weight, where the script itself makes them."""

        def called(original, model, *positional, **keywords):
            if not self.is_busy and places.is_called_by_user():
                self.watch.see_call(name)
            return self.loops.answer(name, original, model, positional, keywords)

        return called

    def see_asked(self, name):
        """Notes what the script asks of a model while it trains in a loop of its own, or before it trains."""

        def called(original, model, *positional, **keywords):
            if not self.is_busy:
                x = positional[0] if positional else keywords.get("x")
                self.loops.agents.asks(x)
                self.early.note(model, name, x, self.calls > 0 or self.watch.place_of_updates is not None)
            return self.loops.answer(name, original, model, positional, keywords)

        return called

    def counts(self):
        """Whether this is the call that was asked for."""
        self.calls += 1
        return self.calls == self.wanted

    def take_fit(self, original, model, *positional, **keywords):
        self.loops.leave_later()
        if self.is_busy or not self.counts():
            return self.run_original(original, model, positional, keywords)
        if has_own_step(model):
            return self.loops.watch_own_step(original, model, positional, keywords)
        return self.capture(self.substitute(model), bind(FIT, positional, keywords), "fit")

    def take_fit_generator(self, original, model, *positional, **keywords):
        self.loops.leave_later()
        if self.is_busy or not self.counts():
            return self.run_original(original or self.generator_fit, model, positional, keywords)
        return self.capture(self.substitute(model), self.bind_generator(positional, keywords), "fit_generator")

    def bind_generator(self, positional, keywords):
        is_old = self.is_old or "samples_per_epoch" in keywords or "nb_epoch" in keywords
        given = bind(OLD_FIT_GENERATOR if is_old else FIT_GENERATOR, positional, keywords)
        given["x"] = given.pop("generator", None)
        return given

    def generator_fit(self, model, *positional, **keywords):
        """For a Keras that has no fit_generator any more, where an earlier call is not the one asked for."""
        given = self.bind_generator(positional, keywords)
        kept = {name: given[name] for name in ("epochs", "steps_per_epoch", "validation_data") if name in given}
        return model.fit(given["x"], **kept)

    def run_original(self, original, model, positional, keywords):
        """An earlier call trains as it would; Keras may call other training functions within it."""
        with self.busy():
            names = {OLD_NAMES.get(name, name): value for name, value in keywords.items()}
            names.pop(None, None)
            return original(model, *positional, **taken_by(original, names))

    @contextlib.contextmanager
    def busy(self):
        """What is called within is not the script's own."""
        was_busy, self.is_busy = self.is_busy, True
        try:
            yield
        finally:
            self.is_busy = was_busy

    def script_ended(self, is_whole=False):
        """Where the script trained by fit, what it asks of its model behind it is written now; a loop gives its program."""
        self.after_ended(is_whole)
        with self.lock, self.busy():
            self.loops.end()

    def ends_in(self, seconds):
        """Leaves the script where it is after so many seconds."""
        timer = threading.Timer(seconds, self.script_ended)
        timer.daemon = True
        timer.start()

    def after_ended(self, is_whole=False):
        if self.after.has_begun:
            self.after.end("end" if is_whole else "error")

    def why_nothing(self):
        """A sentence, and the place in the script that it is about, or None."""
        if self.calls > 0:
            return (
                "makes %d training calls, and call %d was asked for; lower --fit" % (self.calls, self.wanted)
            ), None
        if self.keras is None and self.watch.place_of_updates is None:
            return (
                "ends without loading Keras at all; name the script that trains, or give it the arguments that make it "
                "train behind --"
            ), None
        return self.tapes.why_nothing() or self.watch.why([layer for layer, _ in self.layer_places.values()]) or (
            "ends without a call of fit, fit_generator or train_on_batch of Keras; name the script that trains, or give "
            "it the arguments that make it train behind --",
            None,
        )

    def capture(self, model, given, call):
        try:
            described = self.describe(model, given, call, places.calling_place())
            described.write(self.out)
            held = read_or_none(Held, described.data, given)
        except Refusal as refusal:
            self.ending.refuse(refusal)
        return self.go_on(model, given, described, held)

    def describe(self, model, given, call, place):
        _, compiled, compile_place = self.compiled.get(id(model), (None, {}, None))
        self.judged = Judged(model, given, compiled, self.tapes, self.notes, self.loops.tape_loop)
        return Description(self.judged, self, call, place, compile_place)

    def go_on(self, model, given, described, held):
        """The script runs on, as if its model had been trained."""
        self.saved_in_training = callbacks.files_of(given)
        if not self.judged.answers_alike():
            # What the script asks of its model is asked with targets, or of other outputs.
            self.ending.captured()
        try:
            orders = orders_of(model)
            orders = orders if orders[0] or self.judged.lookups else self.judged.orders
            self.after.repeated = Repeated(model, given, described.data, described.content, orders, self.judged.lookups)
            self.after.begin(self, model, described.data, held, orders)
            self.after.asked.note_early(read_or_none(self.early.used_behind, model, self.after.asked.inputs))
            return history(self.keras, model, given.get("epochs", given.get("nb_epoch", 1)))
        except Exception as error:
            self.after.fail(error)
            self.ending.captured()


def method(take, original, name):
    def called(self, *positional, **keywords):
        return take(original, self, *positional, **keywords)

    return looking_like(original, called, name)
