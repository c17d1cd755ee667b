"""A script that calls fit again and again on one model, as in a loop over its epochs or over parts of its data, trains it
once: the calls are put together."""

import os

from ..given import FIT, bind
from ..model.callbacks import mark_loaded
from ..model.model_facts import rate_of
from ..script import places
from ..script.whole import put_arrays, put_json
from ..tables import arrays
from ..tables.fit_data import Data
from ..tables.rows import digest_of
from . import answers

# After so many calls that bring no new row, the rows are taken for known.
KNOWN_AFTER = 3


class Silent:
    def add(self, _):
        pass


class Repeated:
    def __init__(self, model, given, data, content, orders, lookups):
        self.model = model
        self.place = content["source"]["fit"]
        self.content = content
        self.data = data
        self.orders = orders
        self.lookups = lookups
        self.given = given
        self.source = given.get("x")
        self.calls = 1
        self.is_over = False
        self.moves_targets = False
        self.is_one_line = True
        self.rate = rate_of(model.optimizer)
        self.batch_size = data.batch_size or 1
        self.steps = self.steps_of(data.examples, given)
        self.parts = [self.columns(data)]
        self.known = None
        self.without_new = 0

    def takes(self, model, given):
        """Whether another call goes on with the captured training: at the same line, or with the same data."""
        if model is not self.model or self.is_over or rate_of(model.optimizer) != self.rate:
            return False
        return places.calling_place() == self.place or given.get("x") is self.source

    def stop(self):
        """The weights were set from outside: what follows is another training."""
        self.is_over = True

    def add(self, positional, keywords):
        given = bind(FIT, positional, keywords)
        self.moves_targets = self.moves_targets or answers.stem_from_answers(given.get("y"))
        if self.takes_old_rows(given):
            self.steps += self.steps_of(self.data.examples, given)
        else:
            data = Data(self.lookups.given(given) if self.lookups else given, self.orders, Silent())
            self.steps += self.steps_of(data.examples, given)
            self.add_rows(self.columns(data))
        self.calls += 1
        self.is_one_line = self.is_one_line and places.calling_place() == self.place

    def takes_old_rows(self, given):
        return given.get("x") is self.source or self.without_new >= KNOWN_AFTER

    def columns(self, data):
        return [list(data.x), list(data.y), list(data.weights)]

    def add_rows(self, columns):
        """Keeps the rows that did not come before."""
        import numpy as np

        if [len(one) for one in columns] != [len(one) for one in self.parts[0]]:
            return
        if self.known is None:
            self.known = set(digests(self.parts[0]))
        fresh = []
        for at, digest in enumerate(digests(columns)):
            if digest not in self.known:
                self.known.add(digest)
                fresh.append(at)
        self.without_new = 0 if fresh else self.without_new + 1
        if fresh and self.count() + len(fresh) <= arrays.MOST_EXAMPLES:
            self.parts.append([[array[np.array(fresh)] for array in group] for group in columns])

    def count(self):
        return sum(len(part[0][0]) for part in self.parts)

    def steps_of(self, rows, given):
        epochs = given.get("epochs", given.get("nb_epoch", 1))
        first = given.get("initial_epoch") or 0
        return max(1, -(-rows // self.batch_size)) * max(1, (epochs if isinstance(epochs, int) else 1) - first)

    def save(self, folder, loaded_back, frozen_behind):
        """Writes the data and the number of epochs anew where fit was called several times, which callbacks wrote the files
        that the script loads, and which layers it froze in between without compiling."""
        import numpy as np

        if frozen_behind:
            self.content["fit"]["frozenBehind"] = frozen_behind
        if self.calls < 2:
            if mark_loaded(self.content["fit"]["callbacks"], self.given, loaded_back) or frozen_behind:
                put_json(os.path.join(folder, "program.json"), self.content)
            return
        data, fit = self.data, self.content["fit"]
        if len(self.parts) > 1:
            joined = [[np.concatenate(same) for same in zip(*group)] for group in zip(*self.parts)]
            data.x, data.y, data.weights = joined
            fit["examples"] = data.examples = self.count()
            put_arrays(os.path.join(folder, "data.npz"), data.named())
        fit["movesTargets"] = self.moves_targets
        # Each call draws an order of its own.
        fit["repeatsOrder"] = False
        fit["calls"], fit["isOneLine"] = self.calls, self.is_one_line
        each = max(1, -(-data.examples // self.batch_size))
        fit["epochs"] = max(1, int(round(self.steps / float(each))))
        told = "fit is called %d times on one model: the calls are taken as one training of %d epochs" % (
            self.calls,
            fit["epochs"],
        )
        if fit["callbacks"]:
            fit["callbacks"] = []
            told += ", without the callbacks, which begin anew in each call"
        self.content["notes"].append(told)
        put_json(os.path.join(folder, "program.json"), self.content)


def digests(columns):
    flat = [array for group in columns for array in group]
    return [digest_of(flat, at) for at in range(len(flat[0]))]
