"""What the script asks of its trained model: the rows that it gives to predict, evaluate or the model itself, and the
targets that it compares the answers with."""

import os

from ..script.whole import put_arrays, put_json
from ..tables import arrays
from .question import MOST_QUESTIONS, Question, is_column

ANSWERS = ("predict", "predict_on_batch", "predict_generator", "call")
ANSWERING = ("predict", "predict_on_batch", "predict_generator", "evaluate", "evaluate_generator", "test_on_batch")
GIVES_TARGETS = ("evaluate", "evaluate_generator", "test_on_batch")
# The untrained answers are stand-ins, which so many rows are enough for.
ANSWERED = 64


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
        for one in asked:
            one.settle()
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


def fit_rank(array, shape):
    """Adds or takes away a last axis of 1, as Keras does."""
    if array.ndim == len(shape) and shape[-1:] == (1,):
        return array[..., None]
    if array.ndim == len(shape) + 2 and array.shape[-1] == 1:
        return array[..., 0]
    return array


def has_numbers(x):
    """Whether a model is called on numbers, and not on symbols."""
    parts = x if isinstance(x, (list, tuple)) else list(x.values()) if isinstance(x, dict) else [x]
    return all(type(one).__module__ == "numpy" or hasattr(one, "numpy") for one in parts)
