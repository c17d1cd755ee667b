"""What the script asks of its trained model: the rows that it gives to predict, evaluate or the model itself, and the
targets that it compares the answers with."""

import os

from ..script import places
from ..script.ending import Refusal
from ..script.whole import put_arrays, put_json
from ..tables import arrays, codes, scalings, vocabularies
from . import named_columns, never_scaled

ANSWERS = ("predict", "predict_on_batch", "predict_generator", "call")
ANSWERING = ("predict", "predict_on_batch", "predict_generator", "evaluate", "evaluate_generator", "test_on_batch")
GIVES_TARGETS = ("evaluate", "evaluate_generator", "test_on_batch")
# So many rows of a question are kept: they tell how the rows were prepared, and how well they are answered.
MOST_ROWS = 1000
MOST_BYTES = 16 * 1024 * 1024
# A script that asks at more places than this plots or searches.
MOST_QUESTIONS = 12
# The untrained answers are stand-ins, which so many rows are enough for.
ANSWERED = 64
FEWEST_COMPARED = 10
# The targets equal what is decided by answers below a threshold: they may mean the lower class of those of training.
DECIDED = "decided"
# What targets are that the script compares the answers with by a function; all others give them as they are.
SOURCES = {"subtract": "compared", "isclose": "compared", "allclose": "compared", DECIDED: DECIDED}


class Question:
    """The rows that one line of the script asks about: one call, or the calls of a loop."""

    def __init__(self, call, place):
        self.call = call
        self.place = place
        self.rows = 0
        self.parts = []
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
        self.singles = []
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
        if self.parts and len(self.parts[0][1]) != len(ys):
            return
        kept = sum(len(part[0][0]) for part in self.parts)
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
        self.singles.append(scalings.single_as_training(xs[0], trained[0]) if len(xs) == 1 and len(trained) == 1 else None)
        spread = evenly(len(xs[0]), room)
        self.parts.append(([array[spread].copy() for array in xs], [array[spread].copy() for array in ys], spread))
        if ys:
            self.source = "given"
            self.own = ys[0] if len(self.parts) == 1 and len(ys) == 1 else None

    def alone(self):
        """The rows as training would have them, where a scaler was fitted to each of them alone; None where it was not."""
        import numpy as np

        return np.concatenate(self.singles) if self.singles and all(one is not None for one in self.singles) else None

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

    def note_targets(self, targets, function, place, fit):
        """The script compares the answers of one call with targets: they are those of its rows, in their order. Where it
        takes the size of a difference, that takes the place of mere differences."""
        if self.own is not None and function == DECIDED:
            return
        if self.own is not None:
            self.order = self.order or disorder(class_numbers(self.own), class_numbers(targets), function, place)
        elif len(self.parts) == 1 and self.source in (None, "compared", DECIDED) and len(targets) == self.rows:
            source = SOURCES.get(function, "given")
            fitted = fit(targets) if source == "given" or self.source is None else None
            if fitted is not None:
                xs, _, spread = self.parts[0]
                self.parts[0] = (xs, [fitted[spread].copy()], spread)
                self.source = source

    def columns(self):
        import numpy as np

        groups = []
        for kind in range(2):
            groups.append([np.concatenate(columns) for columns in zip(*[part[kind] for part in self.parts])])
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

    return slice(None) if count <= most else np.linspace(0, count - 1, most).astype(int)


class Asked:
    """The questions about one trained model."""

    def __init__(self, x, y, orders, lookups=None, shown_steps=None):
        self.lookups = lookups
        self.shown_steps = shown_steps
        self.y = y[0] if len(y) == 1 else None
        self.shapes = [array.shape[1:] for array in x]
        self.targets = [array.shape[1:] for array in y]
        self.is_sparse = [is_column(array) for array in y]
        self.orders = orders
        self.questions = []
        self.untrained = []
        self.early = []
        self.written = []

    def note_untrained(self, call, place, xs, left_out=None, is_part=False):
        """A model that is built alike and was never trained is asked, or one that was loaded by name in part: the latter
        tells more. Where it is like a part alone, rows of training stand for those that the part is given."""
        if not self.untrained or left_out and not self.untrained[0].left_out:
            self.untrained = [Question(call, place)]
            self.untrained[0].left_out = left_out
            self.untrained[0].is_part = is_part
            self.untrained[0].add(xs, [])

    def note_early(self, found):
        """Answers from before the training are used behind it, as asked_early.py found."""
        if found is not None:
            call, xs, used = found
            self.early = [Question(call.name, call.place)]
            self.early[0].used = used
            self.early[0].add(xs, [])

    def question(self, call, place):
        """The question of a line; None where the script asks at too many lines."""
        for one in self.questions:
            if one.call == call and one.place == place:
                return one
        if len(self.questions) >= MOST_QUESTIONS:
            return None
        self.questions.append(Question(call, place))
        self.questions[-1].fitted_targets = self.y
        return self.questions[-1]

    def inputs(self, x):
        """The arrays that were asked about; None where they are not shaped as those of training."""
        given = self.lookups.columns(x, "x") if self.lookups else arrays.arrays_of(x, "x", self.orders[0])
        fitted = [fit_rank(array, shape) for array, shape in zip(given, self.shapes)]
        if len(given) != len(self.shapes) or not all(len(array) for array in fitted):
            return None
        same = all(array.shape[1:] == shape for array, shape in zip(fitted, self.shapes))
        return fitted if same and len(set(len(array) for array in fitted)) == 1 else None

    def wanted(self, y, rows):
        """The targets in the form of those of training; an empty list where they have another one."""
        given = arrays.arrays_of(y, "y", self.orders[1])
        fitted = [self.fit_target(array, at) for at, array in enumerate(given) if at < len(self.targets)]
        known = len(given) == len(self.targets) and all(one is not None and len(one) == rows for one in fitted)
        return fitted if known else []

    def fit_target(self, array, at):
        """Class numbers become one-hot where those of training are, and the other way round."""
        import numpy as np

        shape = self.targets[at]
        if array.shape[1:] == shape:
            return array
        if is_column(array) and self.is_sparse[at]:
            return array.reshape((len(array),) + shape)
        if len(shape) != 1 or not (array == np.round(array)).all():
            return None
        if is_column(array) and shape[0] > 1 and 0 <= array.min() and array.max() < shape[0]:
            return np.eye(shape[0], dtype=np.float32)[array.reshape(-1).astype(int)]
        return None

    def save(self, folder, ended, only_untrained, later_fit, asks_nothing=False):
        """Writes asked.json and asked.npz, the second first: a folder with asked.json has both. That a model which was
        never trained is asked counts where the trained one is not asked, as where it is kept and never loaded, or where the script loaded weights
        into it that did not fit by name. That the model was asked before it was trained counts where the script asks nothing more."""
        untrained = [one for one in self.untrained if only_untrained or one.left_out] or (self.early if asks_nothing else [])
        asked = self.written = [one for one in self.in_earnest() + untrained if one.parts]
        columns = {}
        for number, one in enumerate(asked):
            xs, ys = one.columns()
            shown = self.shown_steps.of(xs) if self.shown_steps and ys else []
            for name, group in (("x", xs), ("y", ys), ("shown", shown)):
                columns.update({"%d%s%d" % (number, name, at): array for at, array in enumerate(group)})
        put_arrays(os.path.join(folder, "asked.npz"), columns)
        content = {"ended": ended, "laterFit": later_fit, "questions": [dict(one.told(), untrained=one in untrained) for one in asked]}
        put_json(os.path.join(folder, "asked.json"), content)

    def in_earnest(self):
        """The questions without those as in training, where the script asks the same as in evaluation, too: it compares the two."""
        evaluated = [one for one in self.questions if one.in_training is None and one.call in ANSWERS]
        return [one for one in self.questions if one.in_training is None] if evaluated else self.questions

    def tables(self):
        """The inputs and the targets of each question, as they were written."""
        return [one.columns() for one in self.written]


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


def fit_rank(array, shape):
    """Adds or takes away a last axis of 1, as Keras does."""
    if array.ndim == len(shape) and shape[-1:] == (1,):
        return array[..., None]
    if array.ndim == len(shape) + 2 and array.shape[-1] == 1:
        return array[..., 0]
    return array


def read_or_none(read, *given):
    """What was asked need not be readable: it is then left out."""
    try:
        return read(*given)
    except (Refusal, TypeError, ValueError, AttributeError, IndexError, KeyError):
        return None


def calling_place():
    return places.calling_place()
