"""What one line of the script asks of its trained model: the rows, and the targets that it compares the answers with."""

from collections import namedtuple

from ..script.ending import Refusal
from ..tables import arrays, codes, scalings, vocabularies
from . import named_columns, never_scaled
from .pieces import Pieces

# So many rows of a question are kept: they tell how the rows were prepared, and how well they are answered.
MOST_ROWS = 1000
MOST_BYTES = 16 * 1024 * 1024
# A line of readings, and of questions, is kept so often; a script that asks at more places than this plots or searches.
MOST_QUESTIONS = 12
FEWEST_COMPARED = 10
# The targets equal what is decided by answers below a threshold: they may mean the lower class of those of training.
DECIDED = "decided"
# What targets are that the script compares the answers with by a function; all others give them as they are.
SOURCES = {"subtract": "compared", "isclose": "compared", "allclose": "compared", DECIDED: DECIDED}


class Part(namedtuple("Part", "xs ys alone call rows")):
    """The rows of one call: their inputs, their targets where it has any, the inputs as training would have them where a scaler was
    fitted to each alone, the number of the call among those of its line, and which of its rows are kept."""

    def only(self, at):
        import numpy as np

        at = np.asarray(at, dtype=int)
        alone = None if self.alone is None else self.alone[at]
        kept = [[array[at] for array in group] for group in (self.xs, self.ys)]
        return Part(kept[0], kept[1], alone, self.call, [self.rows[one] for one in at])


def joined(parts):
    """Several calls without targets as one."""
    import numpy as np

    alone = [part.alone for part in parts]
    xs = [np.concatenate(same) for same in zip(*[part.xs for part in parts])]
    count = len(xs[0])
    return Part(xs, [], None if any(one is None for one in alone) else np.concatenate(alone), 0, list(range(count)))


class Question:
    """The rows that one line of the script asks about: one call, or the calls of a loop."""

    def __init__(self, call, place):
        self.call = call
        self.place = place
        self.rows = 0
        self.parts = []
        self.calls = 0
        # Whether each call has targets with its rows; where it has none, the script may compare the answers with them.
        self.is_given = False
        self.pieces = Pieces()
        # The numbers of each row that is kept: of its call, and in it.
        self.kept = set()
        # How many rows targets are compared with, where a loop leaves out some.
        self.compared = None
        self.source = None
        self.order = None
        self.readings = []
        # The targets of training, and the line that scales answers back by another scaler than theirs.
        self.fitted_targets = None
        self.scaled_back = None
        self.equated = None
        self.own = None
        self.left_out = None
        # Whether an untrained model is built like the last layers of the trained one alone.
        self.is_part = False
        # The line behind the training that uses the answers of a question from before it.
        self.used = None
        # How many rounds of training a loop measures, and in how many of them by rows that an earlier one trained on.
        self.rounds = None
        self.recoded = []
        self.renumbered = None
        self.moved = None
        self.trained = []
        self.carried = None
        self.comparison = None
        # The layer that mixes the rows of a batch where the model is called with training=True; None where it is not.
        self.in_training = None
        self.is_evaluated = False

    def add(self, xs, ys, trained=(), lists=()):
        """Takes rows until enough are kept. Rows of a later call that has no targets, or other ones, are left out. `lists`
        are those by which the script numbered words when it trained."""
        self.rows += len(xs[0])
        self.calls += 1
        if self.parts and self.is_given != bool(ys):
            return
        kept = sum(len(part.xs[0]) for part in self.parts)
        each = max(1, arrays.FLOAT_BYTES * sum(array[:1].size for array in xs + ys))
        room = min(MOST_ROWS, MOST_BYTES // each) - kept
        if room <= 0:
            return
        if not self.parts:
            self.trained = trained
            self.recoded = codes.recoded(trained, xs)
            if len(xs) == 1 and len(trained) == 1:
                self.moved = read_or_none(named_columns.moved, trained[0], xs[0])
            self.renumbered = vocabularies.renumbered(trained, xs, lists, vocabularies.of_script()) if lists else None
        alone = scalings.single_as_training(xs[0], trained[0]) if len(xs) == 1 and len(trained) == 1 else None
        whole = Part(xs, ys, alone, self.calls - 1, list(range(len(xs[0]))))
        self.parts.append(whole.only(evenly(len(xs[0]), room)))
        self.kept.update((self.calls - 1, row) for row in self.parts[-1].rows)
        if ys:
            self.is_given, self.source = True, "given"
            self.own = ys[0] if len(self.parts) == 1 and len(ys) == 1 else None

    def alone(self):
        """The rows as training would have them, where a scaler was fitted to each of them alone; None where it was not."""
        import numpy as np

        alone = [part.alone for part in self.parts]
        return np.concatenate(alone) if alone and all(one is not None for one in alone) else None

    def never_scaled(self):
        """The rows as training would have them, where no scaler made them and one made those of training; None elsewhere."""
        xs = self.columns()[0]
        return never_scaled.as_training(xs[0], self.trained[0]) if len(xs) == 1 and len(self.trained) == 1 else None

    def restored(self):
        """The rows scaled as those of training are; None where they are, or where it is not known."""
        alone = self.alone()
        return self.never_scaled() if alone is None else alone

    def note_reading(self, reading):
        if reading not in [{name: value for name, value in one.items() if name in reading} for one in self.readings] and len(self.readings) < MOST_QUESTIONS:
            self.readings.append(reading)

    def note_decided(self, step):
        """The script asks whether what a threshold decides equals given classes."""
        if self.own is None:
            for one in self.readings:
                one["decided"] = one.get("decided", False) or {name: one.get(name) for name in step} == step

    def note_scaled_back(self, scaler, place):
        """The script scales the answers back by a scaler, which may be another one than that of the targets."""
        if self.scaled_back is None and read_or_none(scalings.is_other, self.fitted_targets, scaler):
            self.scaled_back = place

    def note_along_rows(self):
        """The script asks whether what argmax finds along the rows, a row for each class, equals anything."""
        for one in self.readings:
            one["equated"] = one.get("equated", False) or one.get("along") == "rows"

    def note_looked_up(self, does):
        """The script looks class numbers up in a list of its own before it asks whether they equal given ones."""
        for one in self.readings:
            one["lookedUp"] = one.get("lookedUp", False) or one["does"] == does

    def note_equated(self, place):
        """The script asks at a line whether the answers, whole or rounded, equal given numbers."""
        self.equated = self.equated or place

    def note_piece(self, origin, steps, targets, name, place, compare):
        """The script compares the answers of one of several calls, or the answer to a row, with targets."""
        self.pieces.note(origin, steps, targets, name, place, compare, self.kept)

    def note_targets(self, targets, function, place, fit):
        """The script compares the answers of one call with targets: they are those of its rows, in their order. Where it
        takes the size of a difference, that takes the place of mere differences."""
        if self.own is not None and function == DECIDED:
            return
        if self.own is not None:
            self.order = self.order or disorder(class_numbers(self.own), class_numbers(targets), function, place)
        elif len(self.parts) == 1 and self.source in (None, "compared", DECIDED) and len(targets) == (self.compared or self.rows):
            source = SOURCES.get(function, "given")
            fitted = fit(targets) if source == "given" or self.source is None else None
            if fitted is not None:
                self.parts[0] = self.parts[0]._replace(ys=[fitted[self.parts[0].rows].copy()])
                self.source = source

    def settle(self):
        """Puts the targets of a loop together, whose calls are compared with their own. Rows that are compared with nothing are
        then left out, and so are they where only the first call is compared."""
        if self.is_given or all(part.ys for part in self.parts):
            return
        parts, first = self.parts, [part for part in self.parts if part.ys]
        for known, targets, compare in self.pieces.rows_of([(part.call, part.rows) for part in parts]):
            if len(targets) < min(FEWEST_COMPARED, sum(len(part.rows) for part in parts)):
                continue
            before = self.parts, self.source, self.compared
            self.parts = [joined([part.only(kept) for part, kept in zip(parts, known)])]
            self.source, self.compared = None, len(targets)
            compare(self, targets)
            if self.source == "given":
                return
            if self.source is None or before[1] is not None:
                self.parts, self.source, self.compared = before
        if self.compared is None and first:
            self.parts = first

    def columns(self):
        import numpy as np

        groups = []
        for kind in ("xs", "ys"):
            groups.append([np.concatenate(columns) for columns in zip(*[getattr(part, kind) for part in self.parts])])
        return groups

    def told(self):
        return {
            "call": self.call,
            "place": self.place,
            "rows": self.rows,
            "targets": self.source,
            "order": self.order,
            "readings": self.readings,
            "scaledBack": self.scaled_back,
            "equated": self.equated,
            "leftOut": self.left_out,
            "isPart": self.is_part,
            "usedBehind": self.used,
            "rounds": self.rounds,
            "recoded": self.recoded,
            "renumbered": self.renumbered,
            "movedColumns": self.moved,
            "scaledAlone": self.alone() is not None,
            "neverScaled": read_or_none(self.never_scaled) is not None,
            "carried": self.carried,
            "inTraining": self.in_training,
        }


def evenly(count, most):
    import numpy as np

    return np.arange(count) if count <= most else np.linspace(0, count - 1, most).astype(int)


def class_numbers(targets):
    """The class of each row; None where the targets are no classes."""
    import numpy as np

    if is_column(targets):
        numbers = targets.reshape(-1)
        return numbers if len(np.unique(numbers)) <= max(2, len(numbers) // 4) else None
    if targets.ndim == 2 and (targets.sum(axis=1) == 1).all() and ((targets == 0) | (targets == 1)).all():
        return targets.argmax(axis=1)
    return None


def disorder(own, compared, function, place):
    """How many rows are compared with the class that the data gave with them, where the classes are the same ones in
    another order; None where they are not."""
    import numpy as np

    if own is None or compared is None or len(own) != len(compared) or len(own) < FEWEST_COMPARED:
        return None
    if not np.array_equal(np.sort(own), np.sort(compared)) or np.array_equal(own, compared):
        return None
    return {"agreement": float(np.mean(own == compared)), "function": function, "place": place}


def is_column(array):
    return array.ndim == 1 or array.ndim == 2 and array.shape[1] == 1


def read_or_none(read, *given):
    """What was asked need not be readable: it is then left out."""
    try:
        return read(*given)
    except (Refusal, TypeError, ValueError, AttributeError, IndexError, KeyError):
        return None


