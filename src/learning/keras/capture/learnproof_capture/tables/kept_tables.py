"""Lists the tables of numbers that a script holds at its training call, by the words that its code has for them."""

import types

from . import shuffles
from .kept_datasets import datasets_behind, tables_of

# Fewer rows are no table of examples.
FEWEST_ROWS = 16
MOST_TABLES = 48
MOST_BYTES = 64 * 1024 * 1024
MOST_TOGETHER = 256 * 1024 * 1024


class Table:
    """Numbers with the examples on their first axis, and what the script calls them. An order has the number of each row."""

    def __init__(self, words, array, is_order=False):
        self.is_order = is_order
        self.words = words
        self.array = array


class Kept:
    """Collects tables, each once, as long as they are not too large together."""

    def __init__(self):
        self.tables = []
        self.seen = set()
        self.size = 0

    def add(self, words, value, depth=0):
        if id(value) in self.seen or len(self.tables) >= MOST_TABLES:
            return
        self.seen.add(id(value))
        array = as_table(value)
        if array is not None:
            self.keep_order(words, value)
            self.keep("np.array(list(%s.values()))" % words if isinstance(value, dict) else words, array)
        elif depth == 0:
            for name, part in parts_of(words, value):
                self.add(name, part, depth + 1)

    def keep_order(self, words, value):
        """Rows of pandas that were shuffled or sorted keep their old numbers."""
        index = getattr(value, "index", None)
        numbers = as_table(index) if hasattr(index, "to_numpy") else None
        if numbers is not None:
            self.keep(words + ".index", numbers, True)

    def keep(self, words, array, is_order=False):
        size = array.size * 4
        if size <= MOST_BYTES and self.size + size <= MOST_TOGETHER:
            self.size += size
            self.tables.append(Table(words, array, is_order))


def of_script(frames, given):
    """The tables of the functions that are running, of the module and of what the training call was given."""
    kept = Kept()
    for frame in frames:
        for name, value in list(frame.f_locals.items()):
            if not name.startswith("_"):
                kept.add(name, value)
    kept.tables.extend(Table(words, order.astype("float32"), True) for words, order in shuffles.Orders)
    for name in ("x", "y", "validation_data"):
        kept.add(name, given.get(name))
    for name, dataset in datasets_behind(given):
        for words, array in tables_of(name, dataset):
            kept.keep(words, array)
    return kept.tables


def parts_of(words, value):
    """What a dict, a generator or an object of the script's own holds."""
    if isinstance(value, dict):
        return [("%s[%r]" % (words, key), part) for key, part in list(value.items())[:MOST_TABLES]]
    if isinstance(value, types.GeneratorType):
        frame = value.gi_frame
        return list(frame.f_locals.items()) if frame is not None else []
    if isinstance(value, (types.ModuleType, types.FunctionType, type, str)) or not is_own(type(value)):
        return []
    return [("%s.%s" % (words, name), part) for name, part in list(vars(value).items())] if hasattr(value, "__dict__") else []


def is_own(kind):
    return any(base.__module__ == "__main__" for base in kind.__mro__)


def as_table(value):
    """The value as float32 numbers with rows; None where it is no table."""
    import numpy as np

    try:
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, (list, tuple)):
            value = np.asarray(value) if FEWEST_ROWS <= len(value) else None
        elif hasattr(value, "to_numpy"):
            value = value.to_numpy()
        elif hasattr(value, "numpy") and hasattr(value, "shape") and not hasattr(value, "assign"):
            value = value.numpy()
        if not isinstance(value, np.ndarray) or value.dtype.kind not in "biuf" or value.ndim == 0:
            return None
        if not any(side >= FEWEST_ROWS for side in value.shape) or value.size * 4 > MOST_BYTES:
            return None
        return value.astype(np.float32)
    except Exception:
        return None
