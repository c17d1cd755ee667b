"""Turns what a script gives to fit into tables of numbers."""

from itertools import islice

from ..script.ending import Refusal
from .later_batches import new_rows
from .later_epochs import Next, copied, turned
from .used_up import Counted, has_no_end, is_used_up, length_of

MOST_EXAMPLES = 50000
MOST_BYTES = 128 * 1024 * 1024
MOST_BATCHES = 1000
ENDLESS_BATCHES = 64
FLOAT_BYTES = 4


def to_array(value, name):
    """A float32 array of numbers with the examples on its first axis."""
    import numpy as np

    if hasattr(value, "toarray"):
        value = value.toarray()
    elif hasattr(value, "dense_shape"):
        import tensorflow as tf

        value = tf.sparse.to_dense(value).numpy()
    elif hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    elif hasattr(value, "numpy"):
        value = value.numpy()
    elif hasattr(value, "to_numpy"):
        value = value.to_numpy()
    try:
        array = np.asarray(value)
    except ValueError:
        raise Refusal("ragged", "gives %s as lists of different lengths; pad them to one length" % name)
    if array.dtype == object:
        array = stacked(array, name)
    if array.dtype.kind not in "biuf":
        text = "; where a layer of the model does that, call it on %s before fit and leave it out of the model" % name
        raise Refusal(
            "no-numbers",
            "gives %s as %s, which no network computes with; turn it into numbers first%s"
            % (name, kind_of(array), text if array.dtype.kind in "USO" else ""),
        )
    if array.ndim == 0:
        raise Refusal("no-examples", "gives %s as a single number; give one row for each example" % name)
    return array if array.dtype in (np.float32, np.uint8) else array.astype(np.float32)


def kind_of(array):
    return {"U": "text", "S": "text", "O": "Python objects", "c": "complex numbers", "M": "dates"}.get(
        array.dtype.kind, str(array.dtype)
    )


def stacked(array, name):
    import numpy as np

    try:
        return np.asarray(array.tolist(), dtype=np.float32)
    except (ValueError, TypeError):
        parts = [np.asarray(part) for part in array]
        if parts and all(part.dtype.kind in "biuf" and part.shape == parts[0].shape for part in parts):
            return np.stack(parts)
        if parts and all(part.dtype.kind in "biuf" for part in parts):
            raise Refusal("ragged", "gives %s as lists of different lengths; pad them to one length" % name)
        raise Refusal(
            "no-numbers", "gives %s as Python objects that are no numbers; turn it into numbers first" % name
        )


def arrays_of(value, name, order=None, read=to_array):
    """A list of arrays: one for each input or output. A dict is put in the order of their names."""
    if value is None:
        return []
    if isinstance(value, dict):
        keys = keys_in_order(value, order or [])
        return [read(value[key], "%s[%r]" % (name, key)) for key in keys]
    if isinstance(value, tuple) or (isinstance(value, list) and holds_arrays(value)):
        return [read(part, "%s[%d]" % (name, at)) for at, part in enumerate(value)]
    return [read(value, name)]


def keys_of(value, order):
    """The names by which a model is given its inputs, in the order of the arrays; None where they have none."""
    return keys_in_order(value, order or []) if isinstance(value, dict) else None


def keys_in_order(by_name, order):
    """The keys of a dict in the model's order; `order` has the names of each input or output. Keras leaves out what the
    model has no input for."""
    keys = [next((name for name in names if name in by_name), None) for names in order]
    return keys if keys and None not in keys else list(by_name)


def holds_arrays(parts):
    """A list of arrays stands for several inputs; a list of numbers or of lists for one."""
    return len(parts) > 0 and all(hasattr(part, "shape") and len(part.shape) > 0 for part in parts)


def is_iterable_data(value):
    """Whether x gives batches: a generator, a dataset, a Sequence or a data loader."""
    if value is None or isinstance(value, (dict, list, tuple, str)):
        return False
    # Some generators of images have a dtype as well.
    if hasattr(value, "dtype") and hasattr(value, "shape"):
        return False
    if hasattr(value, "element_spec") or hasattr(value, "__next__"):
        return True
    if hasattr(value, "iloc"):
        return False
    return hasattr(value, "__getitem__") and hasattr(value, "__len__") or hasattr(value, "__iter__")


class Batches:
    """Batches of a generator or dataset, put together."""

    def __init__(self, source, steps, orders, samples=None, epochs=1):
        self.orders = orders
        self.samples = samples
        self.length = length_of(source)
        self.asked = steps or self.length
        self.batch_size = None
        self.was_cut = False
        self.columns = None
        self.keys = None
        # How many batches there are in all where training asks for more of them; None where it is given as many as it asks for.
        self.runs_dry_after = None
        self.read(source, self.asked or (ENDLESS_BATCHES if has_no_end(source) else MOST_BATCHES), epochs)

    def read(self, source, most, epochs):
        import numpy as np

        parts = []
        size = 0
        rows = 0
        batches = iterate(source)
        while len(parts) < min(self.asked or most, MOST_BATCHES) and size < MOST_BYTES and rows < MOST_EXAMPLES:
            batch = next(batches, None)
            if batch is None:
                self.asked = len(parts)
                break
            xs, ys, weights = self.split(batch)
            if self.batch_size is None:
                self.batch_size = len(xs[0])
                if self.samples and not self.asked:
                    self.asked = -(-self.samples // self.batch_size)
            # A generator may fill the same arrays again for its next batch.
            parts.append(copied((xs, ys, weights)))
            rows += len(xs[0])
            size += FLOAT_BYTES * sum(array.size for array in xs + ys)
        if not parts:
            raise Refusal("no-examples", "gives a generator that yields nothing; give one that yields batches")
        self.count = len(parts)
        self.was_cut = self.asked is None or self.count < self.asked
        if not self.was_cut:
            in_all = self.asked * epochs
            later = Counted(islice(batches, max(min(1, in_all - len(parts)), min(in_all, ENDLESS_BATCHES) - len(parts))))
            next_epoch = Next(later, self.split, self.count)
            added = new_rows(parts, next_epoch, MOST_BYTES - size)
            # Pairs that hold in the first epoch alone are hardly what the model is trained on.
            turned_about = next_epoch.turned(parts, batches) or (epochs > 1 and turned(parts, source, self.split))
            parts = turned_about or parts + added
            given = self.count + later.count
            if given < in_all and later.has_ended and next(batches, None) is None and is_used_up(source):
                self.runs_dry_after = given
        try:
            self.columns = [
                [np.concatenate([part[kind][at] for part in parts]) for at in range(len(parts[0][kind]))]
                for kind in range(3)
            ]
        except ValueError:
            raise Refusal(
                "ragged", "gives batches whose examples differ in shape; pad or resize them to one shape"
            )

    def split(self, batch):
        if isinstance(batch, dict) or not isinstance(batch, (tuple, list)):
            batch = (batch,)
        x, y, weights = (tuple(batch) + (None, None))[:3]
        self.keys = keys_of(x, self.orders[0])
        return (
            arrays_of(x, "x", self.orders[0]),
            arrays_of(y, "y", self.orders[1]),
            arrays_of(weights, "sample_weight", self.orders[1]),
        )


def iterate(source):
    if hasattr(source, "__next__") or hasattr(source, "element_spec"):
        return iter(source)
    if hasattr(source, "__getitem__") and hasattr(source, "__len__") and not hasattr(source, "dataset"):
        return (source[at] for at in range(len(source)))
    return iter(source)


def cut(groups, notes, what):
    """Keeps evenly spaced examples where there are too many; the order stays, and so does the share of each class."""
    import numpy as np

    arrays = [array for group in groups for array in group]
    if not arrays:
        return groups
    rows = len(arrays[0])
    if any(len(array) != rows for array in arrays):
        return groups
    row_bytes = max(1, sum(FLOAT_BYTES * array.size for array in arrays) // max(rows, 1))
    most = max(1, min(MOST_EXAMPLES, MOST_BYTES // row_bytes))
    if rows <= most:
        return groups
    notes.add("of the %d %s, %d are kept, evenly spaced" % (rows, what, most))
    kept = np.linspace(0, rows - 1, most).astype(int)
    return [[array[kept] for array in group] for group in groups]
