"""Takes the place of fit, fit_generator and train_on_batch, and writes the captured program."""

import contextlib
import functools
import json
import os
import random
import shutil
import sys
import tempfile

from . import arrays, callbacks, idle_graph, losses, origins, places, program
from .after import After, history
from .asked import read_or_none
from .carried_state import CarriedState
from .ending import Refusal
from .endpoint import endpoint_of
from .fit_data import Data
from .given import COMPILE, FIT, FIT_GENERATOR, OLD_FIT_GENERATOR, OLD_NAMES, TRAIN_ON_BATCH, bind, taken_by
from .held import Held
from .loop import Loop
from .lookups import lookups_of
from .model_facts import backend_of, ends_with_targets, layers_within, names_of, rate_of
from .own_compute_loss import ComputeLoss, has_own_compute_loss, is_same
from .own_layers import MASK
from .own_step import has_own_step, refuse_own_step
from .rebuilt import Rebuilt, rebuilt_of
from .repeated import Repeated
from .retold import retold
from .rivals import Rivals
from .tape import TapeLoop, Tapes, those_in_training
from .signatures import looking_like
from .trainable_flags import as_trained
from .trained_outputs import trained_outputs, without_others
from .untrained import WITHOUT_UPDATES, Watch


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
        self.loop = None
        self.tapes = Tapes(self)
        self.tape_loop = None
        self.other_loops = []
        self.rivals = Rivals()
        self.own_fit = None
        self.is_idle_in_graph = False
        self.is_busy = False
        self.watch = Watch()
        self.lookups = None
        self.carried = CarriedState()
        self.after = After()
        self.saved_in_training = []
        self.compat = None
        self.substitutes = {}
        self.substitute = lambda model: model

    def patch_keras(self, keras):
        """Called once Keras has been loaded: puts the capture in the place of its training functions."""
        self.keras = keras
        self.seed(keras)
        models = [keras.Model, keras.Sequential] if hasattr(keras, "Sequential") else []
        if not models:
            models = [keras.models.Model, keras.models.Sequential]
        model = models[0]
        for name, take in (("fit", self.take_fit), ("fit_generator", self.take_fit_generator)):
            original = getattr(model, name, None)
            for kind in models:
                if kind is model or name in kind.__dict__:
                    setattr(kind, name, method(take, original, name))
        model.train_on_batch = method(self.take_train_on_batch, model.train_on_batch, "train_on_batch")
        for name in WITHOUT_UPDATES:
            for kind in models:
                if hasattr(kind, name) and (kind is model or name in kind.__dict__):
                    setattr(kind, name, method(self.see_call(name), getattr(kind, name), name))
        for kind in models:
            if kind is model or "compile" in kind.__dict__:
                kind.compile = method(self.note_compile, kind.compile, "compile")
        self.carried.watch(keras, self)
        self.tapes.patch_keras(keras)
        layer = keras.layers.Layer
        layer.__init__ = method(self.note_layer, layer.__init__, "__init__")

    def seed(self, keras):
        """Seeds the initial weights, unless the script does it itself, and leaves other generators as they were."""
        set_seed = getattr(getattr(keras, "utils", None), "set_random_seed", None)
        if set_seed is None:
            return
        import numpy

        python, numbers = random.getstate(), numpy.random.get_state()
        set_seed(1)
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
            return original(model, *positional, **keywords)

        return called

    def counts(self):
        """Whether this is the call that was asked for."""
        self.calls += 1
        return self.calls == self.wanted

    def take_fit(self, original, model, *positional, **keywords):
        if self.is_busy or not self.counts():
            return self.run_original(original, model, positional, keywords)
        given = bind(FIT, positional, keywords)
        if has_own_step(model):
            return self.watch_own_step(original, model, given, positional, keywords)
        return self.capture(self.substitute(model), given, "fit")

    def watch_own_step(self, original, model, given, positional, keywords):
        """A train_step of the script's own is a loop of its own, whose steps are seen where they run one by one."""
        self.own_fit = given
        was_eager, attributes = bool(model.run_eagerly), idle_graph.plain_attributes(model)
        model.run_eagerly = True
        before = idle_graph.arrays_of(model)
        original(model, *some_epochs(positional), **{**keywords, **some_epochs_of(keywords)})
        if not was_eager and self.loop is not None and idle_graph.moved(before, idle_graph.arrays_of(model)):
            self.is_idle_in_graph = self.stays_in_graph(original, model, given, attributes)
        self.script_ended()
        refuse_own_step(model)

    def stays_in_graph(self, original, model, given, attributes):
        again = {name: given[name] for name in ("x", "y", "batch_size", "sample_weight", "steps_per_epoch") if name in given}
        self.is_busy = True
        try:
            return idle_graph.stays(model, attributes, lambda: original(model, epochs=1, verbose=0, **again))
        finally:
            self.is_busy = False

    def take_fit_generator(self, original, model, *positional, **keywords):
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
        was_busy, self.is_busy = self.is_busy, True
        try:
            names = {OLD_NAMES.get(name, name): value for name, value in keywords.items()}
            names.pop(None, None)
            return original(model, *positional, **taken_by(original, names))
        finally:
            self.is_busy = was_busy

    def take_train_on_batch(self, original, model, *positional, **keywords):
        """A loop of batches is one program: the batches are put together while the script trains on."""
        if self.is_busy:
            return original(model, *positional, **keywords)
        model = self.substitute(model)
        if self.loop is None:
            if not self.counts():
                return self.run_original(original, model, positional, keywords)
            self.loop = self.start_loop(model, bind(TRAIN_ON_BATCH, positional, keywords))
        try:
            self.rivals.trained(self.loop, model)
        except Refusal as refusal:
            self.ending.refuse(refusal)
        if self.loop.model is model:
            self.loop.flags.follow(self.compiled.get(id(model)))
            self.carried.trained(model)
            self.add_to_loop(bind(TRAIN_ON_BATCH, positional, keywords))
        return self.run_original(original, model, positional, keywords)

    def take_step(self, parts, optimizer, pairs):
        """A step of the script's own: it opened a tape, called its model and applies the gradients.

        `parts` are the steps since the last update whose gradients may be added up, the newest last.
        """
        step = parts[-1]
        if self.after.has_begun:
            self.after.sees_step([variable for _, variable in pairs])
            return
        if self.loop is not None and self.tape_loop is None:
            return
        was_busy, self.is_busy = self.is_busy, True
        try:
            if self.tape_loop is None:
                if step.frame.f_code in self.other_loops:
                    return
                if self.own_fit is None and not self.counts():
                    self.other_loops.append(step.frame.f_code)
                    return
                self.tape_loop = TapeLoop(parts, optimizer, pairs, self.tapes)
                first = {"x": self.tape_loop.inputs(step)}
                self.loop = self.start_loop(self.tape_loop.model, first, "its own step")
                self.loop.place = self.tape_loop.place
            if self.tape_loop.is_like(step):
                self.add_to_loop(self.tape_loop.batch(parts, pairs))
            else:
                self.tape_loop.refuse_rival(step, pairs)
        except Refusal as refusal:
            self.ending.refuse(refusal, places.describe(step.frame.f_code.co_filename, step.line))
        finally:
            self.is_busy = was_busy

    def take_second(self, step, optimizer, pairs):
        """Another update by the gradients of a step that was taken."""
        if self.tape_loop is None or step.frame.f_code is not self.tape_loop.code:
            return
        try:
            self.tape_loop.add_optimizer(optimizer, pairs)
        except Refusal as refusal:
            self.ending.refuse(refusal, places.describe(step.frame.f_code.co_filename, step.line))

    def start_loop(self, model, first, call="train_on_batch"):
        """Keeps the weights with which the loop begins."""
        try:
            xs = arrays.arrays_of(first.get("x"), "x", names_of(model, "input_names"))
            program.build(model, xs)
            _, graph = program.describe_model(model, xs, self.notes)
            return Loop(model, program.weights_of(graph), program.work_of(graph), first.get("class_weight"), call)
        except Refusal as refusal:
            self.ending.refuse(refusal)

    def add_to_loop(self, given):
        orders = (names_of(self.loop.model, "input_names"), names_of(self.loop.model, "output_names"))
        try:
            self.loop.add(given, orders)
        except Refusal as refusal:
            self.ending.refuse(refusal)
        if self.loop.is_full():
            self.script_ended()

    def script_ended(self, is_whole=False):
        """Where the script trained in a loop of batches, the loop gives the program."""
        self.after_ended(is_whole)
        if self.loop is None:
            return
        try:
            given = self.loop.given(self.notes)
            self.add_own_fit(given)
            described = self.describe_loop(given)
            described[2]["fit"]["examples"] = self.loop.in_epoch
            self.write(self.loop.model, described)
            orders = (names_of(self.loop.model, "input_names"), names_of(self.loop.model, "output_names"))
            read_or_none(self.carried.save, self.out, described[1], orders)
        except Refusal as refusal:
            self.ending.refuse(refusal)
        self.ending.captured()

    def after_ended(self, is_whole=False):
        """Where the script trained by fit, what it asks of its model behind it is written now."""
        if self.after.has_begun:
            self.after.end("end" if is_whole else "error")

    def add_own_fit(self, given):
        """What fit itself was told of a loop that runs under it, whose first epochs alone were watched."""
        if self.own_fit is None:
            return
        # Held-out rows of fit are those of the model itself, not of several that a step puts together.
        is_one = self.tape_loop is None or self.tape_loop.composite is None
        for name in ("validation_data", "callbacks") if is_one else ("callbacks",):
            given[name] = self.own_fit.get(name)
        asked = self.own_fit.get("epochs")
        if isinstance(asked, int) and asked > WATCHED_EPOCHS:
            given["epochs"] = max(1, int(round(given["epochs"] * asked / float(WATCHED_EPOCHS))))
            self.notes.add("fit is watched for %d of its %d epochs" % (WATCHED_EPOCHS, asked))

    def describe_loop(self, given):
        model, own = self.loop.model, self.tape_loop
        self.loop.flags.put_back()
        if own is None:
            return self.describe(model, given, "train_on_batch", self.loop.place)
        left = own.layers_left()
        for layer in left:
            layer.trainable = False
        compiled = {"loss": own.loss, "own_optimizer": own.optimizer}
        self.compiled[id(model)] = (model, compiled, own.place)
        described = self.describe(model, given, "GradientTape", self.loop.place)
        content = described[2]
        content["compile"]["optimizer"]["config"].update(own.clip)
        content["fit"]["training"] = own.trains
        content["fit"]["idleInGraph"] = self.is_idle_in_graph
        if not own.asks_penalties:
            content["model"]["config"] = program.without_penalties(content["model"]["config"])
        content["notes"].extend(own.says())
        idle = "" if own.trains else those_in_training(model)
        if idle:
            content["notes"].append(
                "the loop calls its model without training=True, so that %s compute%s as in evaluation"
                % (idle, "" if "," in idle else "s")
            )
        if left:
            content["notes"].append("the loop gives the optimizer no weight of %s" % ", ".join(one.name for one in left))
        return described

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
            place = places.calling_place()
            described = self.describe(model, given, call, place)
            self.write(model, described)
            held = read_or_none(Held, described[1], given)
        except Refusal as refusal:
            self.ending.refuse(refusal)
        return self.go_on(model, given, described, held)

    def go_on(self, model, given, described, held):
        """The script runs on, as if its model had been trained."""
        self.saved_in_training = callbacks.files_of(given)
        _, data, content = described
        if self.endpoint is not None or (self.rebuilt is not None and not self.rebuilt.gives_the_same()):
            # What the script asks of its model is asked with targets, or of other outputs.
            self.ending.captured()
        try:
            orders = (names_of(model, "input_names"), names_of(model, "output_names"))
            orders = orders if orders[0] or self.lookups else self.orders
            self.after.repeated = Repeated(model, given, data, content, orders, self.lookups)
            self.after.begin(self, model, data, held, orders)
            return history(self.keras, model, given.get("epochs", given.get("nb_epoch", 1)))
        except Exception:
            self.ending.captured()

    def describe(self, model, given, call, place):
        if self.tape_loop is None:
            refuse_own_step(model)
        judged = retold(model, given) if self.tape_loop is None else model
        orders = (names_of(judged, "input_names"), names_of(judged, "output_names"))
        self.lookups = lookups_of(judged, given.get("x"), orders[0])
        if self.lookups is not None:
            self.notes.add(self.lookups.says())
            given, judged = self.lookups.given(given), self.lookups.rest
            orders = (names_of(judged, "input_names"), orders[1])
        self.orders = orders
        data = Data(given, orders, self.notes)
        _, compile_given, compile_place = self.compiled.get(id(model), (None, {}, None))
        self.endpoint = endpoint_of(judged, compile_given.get("loss"), given.get("y")) if self.lookups is None and not data.y else None
        is_alone = self.tape_loop is None and self.lookups is None and self.endpoint is None
        self.rebuilt = rebuilt_of(model, judged, compile_given.get("loss"), data, self.tapes) if is_alone else None
        if self.endpoint is not None:
            self.endpoint.move_targets(data)
            self.notes.add(self.endpoint.says())
            judged, compile_given = self.endpoint.model, dict(compile_given, loss=self.endpoint)
        elif self.rebuilt is not None:
            self.rebuilt.give_targets(data)
            self.notes.add(self.rebuilt.says())
            self.layer_places.update(self.rebuilt.places())
            judged, compile_given = self.rebuilt.model, dict(compile_given, loss=self.rebuilt)
        elif self.tape_loop is None and has_own_compute_loss(model) and len(data.y) == 1:
            is_rebuilding = len(data.x) == 1 and is_same(data.x[0], data.y[0])
            compile_given = dict(compile_given, loss=ComputeLoss(model, self.tapes, is_rebuilding))
        elif compile_given.get("loss") is None and not data.y and self.tape_loop is None:
            raise Refusal(
                "no-loss",
                "trains without a loss of compile and without targets, as where the model adds its loss itself (add_loss); give the "
                'loss to compile and the targets to fit, such as loss="mse" and fit(x, x) for a model that rebuilds its inputs',
            )
        kept = trained_outputs(judged, compile_given, orders[1], data.y) if self.tape_loop is None else None
        if kept is not None:
            judged, compile_given = without_others(judged, compile_given, orders[1], kept)
            data.y = [data.y[at] for at in kept] if len(data.y) > len(kept) else data.y
            data.y_val = [data.y_val[at] for at in kept] if len(data.y_val) > len(kept) else data.y_val
            orders = (orders[0], [orders[1][at] for at in kept])
            self.notes.add("compile gives no loss to some of the outputs, which are left out")
        data.fit_ranks(program.listed(getattr(judged, "inputs", None)) if origins.has_graph(judged) else [])
        program.build(judged, data.x, data.keys)
        with as_trained(model) if self.tape_loop is None else contextlib.nullcontext():
            description, graph = program.describe_model(judged, data.x, self.notes, data.keys)
        if any(getattr(one, MASK, None) is not None for one in program.listed(getattr(graph, "outputs", None))):
            self.notes.add("Keras leaves the steps that are masked out of the loss; here they count as all others do")
        optimizer = compile_given.get("own_optimizer", getattr(model, "optimizer", None))
        recognise = functools.partial(
            losses.recognise,
            keras=self.keras,
            ends=ends_with_targets(graph, data.y),
            notes=self.notes,
        )
        epochs = given.get("epochs", given.get("nb_epoch", 10 if self.is_old else 1))
        compiled = program.describe_compile(
            model, compile_given, self.decays, orders[1], recognise, steps_of(given, data, epochs), self.notes
        )
        if isinstance(compile_given.get("loss"), (ComputeLoss, Rebuilt)) and not compile_given["loss"].asks_penalties:
            description["config"] = program.without_penalties(description["config"])
        version = getattr(self.keras, "__version__", None) or sys.modules["tensorflow"].__version__
        return graph, data, {
            "schemaVersion": 1,
            "framework": {
                "name": "keras",
                "version": str(version),
                "backend": backend_of(self.keras),
                "python": sys.version.split()[0],
            },
            "model": description,
            "compile": compiled,
            "fit": {
                "call": call,
                "batch_size": data.batch_size,
                "epochs": program.plain(epochs),
                "shuffle": program.plain(given.get("shuffle", data.is_table)),
                "steps_per_epoch": program.plain(given.get("steps_per_epoch")),
                "validation_split": program.plain(given.get("validation_split") or 0),
                "class_weight": program.plain(self.class_weight_of(given)),
                "examples": data.examples,
                "work": program.work_of(graph),
                "callbacks": program.plain(callbacks.described(given, epochs, rate_of(optimizer))),
            },
            "source": {
                "compile": compile_place,
                "optimizer": self.optimizer_places.get(id(optimizer), (None, compile_place))[1],
                "fit": place,
                "layers": self.places_of(graph),
            },
            "notes": self.notes.sentences + [one for one in [self.compat.sentence()] if one],
        }

    def class_weight_of(self, given):
        """Keras up to 2.3 took no notice of a class_weight that is no dict."""
        written = given.get("class_weight")
        if written is None or isinstance(written, dict):
            return written
        if hasattr(written, "__len__") and not isinstance(written, str):
            return {number: weight for number, weight in enumerate(written)}
        self.notes.add("class_weight=%r is left out; Keras takes a weight for each class number" % (written,))
        return None

    def places_of(self, graph):
        found = {}
        for layer in layers_within(graph):
            place = self.layer_places.get(id(layer), (None, None))[1]
            if place is not None:
                found[layer.name] = place
        return found

    def write(self, model, described):
        """Writes into a folder beside the one asked for, and renames it: a broken-off capture leaves nothing."""
        import numpy as np

        graph, data, content = described
        parent = os.path.dirname(os.path.abspath(self.out))
        os.makedirs(parent, exist_ok=True)
        folder = tempfile.mkdtemp(prefix=".capture-", dir=parent)
        weights = self.loop.weights if self.loop else program.weights_of(graph)
        np.savez(os.path.join(folder, "data.npz"), **data.named())
        np.savez(os.path.join(folder, "weights.npz"), **weights)
        with open(os.path.join(folder, "program.json"), "w") as file:
            json.dump(content, file, indent=1)
        shutil.rmtree(self.out, ignore_errors=True)
        os.rename(folder, self.out)


def steps_of(given, data, epochs):
    """About how many updates a call of fit makes."""
    in_epoch = given.get("steps_per_epoch") or -(-(data.examples or 1) // max(1, data.batch_size or 32))
    return int(in_epoch) * (epochs if isinstance(epochs, int) else 1)


def method(take, original, name):
    def called(self, *positional, **keywords):
        return take(original, self, *positional, **keywords)

    return looking_like(original, called, name)


# Under fit a step of the script's own is watched for so many epochs: the rows of a second show which belong to the first.
WATCHED_EPOCHS = 2
# The place of `epochs` among the arguments of fit behind x, y and batch_size.
PLACE_OF_EPOCHS = 3


def some_epochs_of(keywords):
    asked = keywords.get("epochs")
    return {"epochs": min(asked, WATCHED_EPOCHS)} if isinstance(asked, int) else {}


def some_epochs(positional):
    asked = positional[PLACE_OF_EPOCHS:PLACE_OF_EPOCHS + 1]
    if not asked or not isinstance(asked[0], int):
        return positional
    return positional[:PLACE_OF_EPOCHS] + (min(asked[0], WATCHED_EPOCHS),) + positional[PLACE_OF_EPOCHS + 1:]
