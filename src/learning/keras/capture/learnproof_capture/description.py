"""The captured program: what `program.json` says of a training, and the files that stand beside it."""

import functools
import json
import os
import shutil
import sys
import tempfile

from .loss import losses
from .model import callbacks, program
from .model.model_facts import backend_of, ends_with_targets, layers_within, rate_of
from .model.shown_steps import ShownSteps
from .tables.sown import first_order


class Description:
    """A training as it is written down. `call` is how the script trains, `place` where; `compile_place` is where it compiles."""

    def __init__(self, judged, capture, call, place, compile_place):
        self.judged, self.capture, self.call, self.place, self.compile_place = judged, capture, call, place, compile_place
        self.data, self.notes = judged.data, capture.notes
        self.layer_places = {**capture.layer_places, **judged.places()}
        self.model, self.graph = judged.describe()
        self.data.shown_steps = self.shown_steps()
        asked = judged.given.get("epochs", judged.given.get("nb_epoch", 10 if capture.is_old else 1))
        self.epochs = self.data.epochs_with_rows(asked, judged.given.get("steps_per_epoch"))
        self.optimizer = judged.compiled.get("own_optimizer", getattr(judged.model, "optimizer", None))
        self.repeats_order = capture.sown.repeats_order(capture.keras, call, judged.given, self.data)
        self.order = self.first_order()
        self.content = {
            "schemaVersion": 1,
            "framework": self.framework(),
            "model": self.model,
            "compile": self.compile(),
            "fit": self.fit(),
            "source": self.source(),
        }
        if not judged.asks_penalties():
            self.model["config"] = program.without_penalties(self.model["config"])
        # What is noted while the parts above are described belongs to the notes too.
        self.content["notes"] = self.notes.sentences + [one for one in [capture.compat.sentence()] if one]

    def shown_steps(self):
        """The steps that the loss of compile sees; None where it sees all, as any other loss does here."""
        shown = ShownSteps(self.graph, self.capture.keras)
        if not shown.any():
            return None
        if shown.is_known() and self.judged.loop is None and self.judged.own_loss is None:
            return shown
        self.notes.add("Keras leaves the steps that are masked out of the loss; here they count as all others do")
        return None

    def framework(self):
        keras = self.capture.keras
        return {
            "name": "keras",
            "version": str(getattr(keras, "__version__", None) or sys.modules["tensorflow"].__version__),
            "backend": backend_of(keras),
            "python": sys.version.split()[0],
        }

    def compile(self):
        judged = self.judged
        recognise = functools.partial(
            losses.recognise,
            keras=self.capture.keras,
            ends=ends_with_targets(self.graph, self.data.y),
            notes=self.notes,
        )
        steps = steps_of(judged.given, self.data, self.epochs)
        return program.describe_compile(
            judged.model, judged.compiled, self.capture.decays, judged.orders[1], recognise, steps, self.notes
        )

    def fit(self):
        given, data = self.judged.given, self.data
        return {
            "call": self.call,
            "batch_size": data.batch_size,
            "epochs": program.plain(self.epochs),
            # A dataset, a generator and a Sequence give their batches in their own order: Keras shuffles tables alone.
            "shuffle": data.is_table and program.plain(given.get("shuffle", True)),
            "isTable": data.is_table and self.call == "fit",
            "repeatsOrder": self.repeats_order,
            "steps_per_epoch": program.plain(given.get("steps_per_epoch")),
            "validation_split": program.plain(given.get("validation_split") or 0),
            "class_weight": program.plain(self.class_weight()),
            "examples": data.examples,
            "runsDryAfter": data.runs_dry_after,
            "work": program.work_of(self.graph),
            "callbacks": program.plain(self.callbacks()),
        }

    def callbacks(self):
        return callbacks.described(self.judged.given, self.epochs, rate_of(self.optimizer), self.judged.model)

    def first_order(self):
        """The order of the rows in every epoch, behind the split that Keras makes first; None where nothing is known of it."""
        rows, shuffle = len(self.data.x[0]), self.judged.given.get("shuffle", True)
        if not self.repeats_order or rows != self.data.examples or shuffle is not True:
            return None
        return first_order(int(rows * (1.0 - (self.judged.given.get("validation_split") or 0))))

    def class_weight(self):
        """Keras up to 2.3 took no notice of a class_weight that is no dict."""
        written = self.judged.given.get("class_weight")
        if written is None or isinstance(written, dict):
            return written
        if hasattr(written, "__len__") and not isinstance(written, str):
            return {number: weight for number, weight in enumerate(written)}
        self.notes.add("class_weight=%r is left out; Keras takes a weight for each class number" % (written,))
        return None

    def source(self):
        return {
            "compile": self.compile_place,
            "optimizer": self.capture.optimizer_places.get(id(self.optimizer), (None, self.compile_place))[1],
            "fit": self.place,
            "layers": self.places_of_layers(),
        }

    def places_of_layers(self):
        found = {}
        for layer in layers_within(self.graph):
            place = self.layer_places.get(id(layer), (None, None))[1]
            if place is not None:
                found[layer.name] = place
        return found

    def write(self, out, weights=None):
        """Writes into a folder beside the one asked for, and renames it: a broken-off capture leaves nothing. `weights` are those
        that the training begins with, where the model no longer has them."""
        import numpy as np

        parent = os.path.dirname(os.path.abspath(out))
        os.makedirs(parent, exist_ok=True)
        folder = tempfile.mkdtemp(prefix=".capture-", dir=parent)
        order = {} if self.order is None else {"order": self.order}
        np.savez(os.path.join(folder, "data.npz"), **self.data.named(), **order)
        np.savez(os.path.join(folder, "weights.npz"), **(program.weights_of(self.graph) if weights is None else weights))
        with open(os.path.join(folder, "program.json"), "w") as file:
            json.dump(self.content, file, indent=1)
        shutil.rmtree(out, ignore_errors=True)
        os.rename(folder, out)


def steps_of(given, data, epochs):
    """About how many updates a call of fit makes."""
    in_epoch = given.get("steps_per_epoch") or -(-(data.examples or 1) // max(1, data.batch_size or 32))
    return int(in_epoch) * (epochs if isinstance(epochs, int) else 1)
