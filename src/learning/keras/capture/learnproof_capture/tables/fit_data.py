"""The arrays that a training call was given."""

from ..script.ending import Refusal
from . import arrays


class Data:
    """The arrays that a training call was given."""

    def __init__(self, given, orders, notes):
        self.notes = notes
        x = given.get("x")
        self.is_table = not arrays.is_iterable_data(x)
        self.runs_dry_after = None
        if x is None:
            raise Refusal("no-examples", "calls fit without training data; give it x and y")
        if self.is_table:
            self.read_table(given, orders)
        else:
            self.read_batches(given, orders)
        if not self.x or not len(self.x[0]):
            raise Refusal("no-examples", "trains on no examples at all; check how the script reads its data")
        self.read_validation(given, orders)
        self.check_counts()
        self.weights = one_for_all([one_for_each(array) for array in self.weights])
        self.shown_steps = None
        self.x, self.y, self.weights = arrays.cut([self.x, self.y, self.weights], notes, "training examples")
        self.x_val, self.y_val, self.val_weights = arrays.cut(
            [self.x_val, self.y_val, self.val_weights], notes, "validation examples"
        )

    def read_table(self, given, orders):
        self.x = arrays.arrays_of(given["x"], "x", orders[0])
        self.keys = arrays.keys_of(given["x"], orders[0])
        self.y = arrays.arrays_of(given.get("y"), "y", orders[1])
        self.weights = arrays.arrays_of(given.get("sample_weight"), "sample_weight", orders[1])
        self.batch_size = int(given.get("batch_size") or 32)
        self.examples = len(self.x[0]) if self.x else 0

    def read_batches(self, given, orders):
        steps = steps_of(given.get("steps_per_epoch"))
        samples = given.get("samples_per_epoch")
        batches = arrays.Batches(
            given["x"], steps, orders, samples=samples and int(samples), epochs=epochs_of(given.get("epochs"))
        )
        self.x, self.y, self.weights = batches.columns
        self.keys = batches.keys
        self.batch_size = batches.batch_size
        self.runs_dry_after = batches.runs_dry_after
        asked = batches.asked
        self.examples = asked * self.batch_size if asked and batches.was_cut else len(self.x[0])
        if batches.was_cut:
            kept = "the first %d batches of the data are kept" % batches.count
            self.notes.add(kept + (" of %d in an epoch" % asked if asked else "; it has no end"))

    def epochs_with_rows(self, epochs, steps):
        """How many of the epochs get any rows: a generator that is used up gives the later ones none."""
        if self.runs_dry_after is None or not isinstance(epochs, int):
            return epochs
        enough = max(1, -(-self.runs_dry_after // (steps_of(steps) or self.runs_dry_after)))
        if enough >= epochs:
            return epochs
        told = "the data of fit is used up after %d batches, in epoch %d of %d: what it iterates over gives its rows once, and "
        self.notes.add((told + "Keras makes no step in the epochs behind it") % (self.runs_dry_after, enough, epochs))
        return enough

    def read_validation(self, given, orders):
        value = given.get("validation_data")
        self.x_val, self.y_val, self.val_weights = [], [], []
        if value is None:
            return
        if isinstance(value, (tuple, list)) and not arrays.is_iterable_data(value):
            parts = (tuple(value) + (None, None, None))[:3]
            self.x_val = arrays.arrays_of(parts[0], "validation x", orders[0])
            self.y_val = arrays.arrays_of(parts[1], "validation y", orders[1])
            return
        steps = steps_of(given.get("validation_steps"))
        self.x_val, self.y_val, self.val_weights = arrays.Batches(value, steps, orders).columns

    def fit_ranks(self, inputs):
        """Adds or takes away a last axis of 1 by which rows differ from the model's input, as Keras does."""
        for arrays_of_set in (self.x, self.x_val):
            for at, tensor in enumerate(inputs[: len(arrays_of_set)]):
                array, wanted = arrays_of_set[at], tuple(tensor.shape)
                if array.ndim == len(wanted) - 1 and wanted[-1] == 1:
                    arrays_of_set[at] = array[..., None]
                elif array.ndim == len(wanted) + 1 and array.shape[-1] == 1:
                    arrays_of_set[at] = array[..., 0]

    def keep_outputs(self, kept):
        """Leaves out the targets of all other outputs, where there are such."""
        for name in ("y", "y_val"):
            targets = getattr(self, name)
            if len(targets) > len(kept):
                setattr(self, name, [targets[at] for at in kept])

    def check_counts(self):
        counts = [len(array) for array in self.x + self.y]
        if len(set(counts)) > 1:
            raise Refusal(
                "misfit",
                "gives fit %s rows of x and y, which must be as many of each; correct the data"
                % " and ".join(str(count) for count in counts),
            )

    def named(self):
        shown = self.shown_steps.of if self.shown_steps else lambda xs: []
        groups = {
            "x": self.x,
            "y": self.y,
            "sample_weight": self.weights,
            "x_val": self.x_val,
            "y_val": self.y_val,
            "sample_weight_val": self.val_weights,
            "shown": shown(self.x),
            "shown_val": shown(self.x_val),
        }
        return {"%s%d" % (name, at): array for name, group in groups.items() for at, array in enumerate(group)}


def one_for_each(weights):
    """One weight for each example, of weights that are the same at all of its steps; otherwise one for each step."""
    rows = weights.reshape(len(weights), -1)
    return rows[:, 0] if (rows == rows[:, :1]).all() else rows


def one_for_all(weights):
    """One list of weights, of lists for several outputs that say the same."""
    is_same = all(one.shape == weights[0].shape and (one == weights[0]).all() for one in weights[1:])
    return weights[:1] if is_same else weights


def epochs_of(value):
    return max(1, int(value)) if isinstance(value, int) else 1


def steps_of(value):
    return int(value) if value else None
