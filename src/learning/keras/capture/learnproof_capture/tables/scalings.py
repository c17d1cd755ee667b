"""Remembers what each scaler of scikit-learn made of a column, so that held-out rows which a scaler was fitted to anew are
told from those that were scaled as training was."""

import functools

from .rows import keys
from .version import Version

MOST_RECORDS = 50
MOST_BYTES = 64 * 1024 * 1024
# With fewer rows, two tables are the same by chance.
FEWEST_ROWS = 10

Records = []
# Single rows that a scaler was fitted to, each scaled and as it was before; the last of them.
Single = []
MOST_SINGLE = 64
# The rows of tables that are too small to be told apart from others, as they were scaled.
Scaled = set()
MOST_SCALED = 20000


class Record:
    """A table as it was scaled: each column is `times` what it was, plus `plus`."""

    def __init__(self, rows, times, plus):
        self.rows = rows
        self.times = times
        self.plus = plus


def watch_scalers(module):
    """Wraps the scalers of sklearn.preprocessing."""
    for name, factors in FACTORS.items():
        kind = getattr(module, name, None)
        if kind is not None:
            kind.transform = seen(kind.transform, factors)
            kind.fit_transform = seen(kind.fit_transform, factors, note_single)


def standard(scaler):
    scale = scaler.scale_ if scaler.scale_ is not None else 1.0
    return 1.0 / scale, -(scaler.mean_ if scaler.mean_ is not None else 0.0) / scale


def robust(scaler):
    scale = scaler.scale_ if scaler.scale_ is not None else 1.0
    return 1.0 / scale, -(scaler.center_ if scaler.center_ is not None else 0.0) / scale


FACTORS = {
    "StandardScaler": standard,
    "RobustScaler": robust,
    "MinMaxScaler": lambda scaler: (scaler.scale_, scaler.min_),
    "MaxAbsScaler": lambda scaler: (1.0 / scaler.scale_, 0.0),
}


def seen(function, factors, also=None):
    """The function as one whose answers are noted; what cannot be noted is left out."""

    @functools.wraps(function)
    def called(*positional, **given):
        answer = function(*positional, **given)
        try:
            note(answer, *factors(positional[0]))
            if also is not None:
                also(answer, positional[1])
        except Exception:
            pass
        return answer

    return called


def note(answer, times, plus):
    import numpy as np

    rows = np.asarray(answer, dtype=np.float32)
    if rows.ndim == 2 and len(rows) < FEWEST_ROWS and len(Scaled) < MOST_SCALED:
        Scaled.update(keys(rows))
    room = MOST_BYTES - sum(one.rows.nbytes for one in Records)
    if rows.ndim != 2 or len(rows) < FEWEST_ROWS or len(Records) >= MOST_RECORDS or rows.nbytes > room:
        return
    columns = np.ones(rows.shape[1])
    Records.append(Record(rows.copy(), times * columns, plus * columns))


def note_single(answer, given):
    """A scaler that is fitted to a single row gives 0 for each column, whatever the row holds."""
    import numpy as np

    scaled, raw = np.asarray(answer, dtype=np.float32), np.asarray(given, dtype=np.float64)
    if scaled.shape == raw.shape and scaled.ndim == 2 and len(scaled) == 1 and not scaled.any():
        Single.append((scaled, raw))
        del Single[:-MOST_SINGLE]


def came_from_scaler(rows):
    """Whether a scaler made the rows, or windows of them."""
    columns = rows.shape[-1]
    if record_of(rows) is not None:
        return True
    return set(keys(rows.reshape(-1, columns))) <= Scaled


def single_as_training(x, trained):
    """A row that a scaler was fitted to alone, as the scaler of training would have made it; None for every other one."""
    own = record_of(trained)
    if own is None or len(x) != 1:
        return None
    for scaled, raw in reversed(Single):
        if scaled.size == x.size and scaled.ravel().tolist() == x.ravel().tolist() and raw.shape[1] == len(own.times):
            import numpy as np

            return (raw * own.times + own.plus).astype(np.float32).reshape(x.shape)
    return None


def scaled_otherwise(data, asked, restored=()):
    """The held-out inputs, and those that are asked about, scaled as those of training are; nothing where they are.
    `restored` has the rows of each question to which a scaler was fitted one by one, or none at all, as training would have
    them, or None."""
    own = record_of(data.x[0])
    if own is None:
        return []
    tables = {"x_val": data.x_val[0]} if data.x_val else {}
    tables.update({"x_asked%d" % number: xs[0] for number, xs in enumerate(asked) if len(xs) == 1})
    parts = {name: as_training(table, own) for name, table in tables.items()}
    is_anew = any(table is not None for table in parts.values())
    parts.update({"x_asked%d" % number: rows for number, rows in enumerate(restored) if rows is not None})
    parts = {name: table for name, table in parts.items() if table is not None}
    if not parts:
        return []
    words = "the rows that the scaler of training did not make scaled as those of training"
    return [Version("inputs", words, "take scaler.transform, and no further fit, for every row but those of training,", parts, rescaled=is_anew)]


def is_other(table, scaler):
    """Whether another scaling than that of a scaler made a table, by which its numbers stand for other ones: they differ by more
    than their spread."""
    own = None if table is None else record_of(table)
    if own is None or type(scaler).__name__ not in FACTORS:
        return False
    times, plus = FACTORS[type(scaler).__name__](scaler)
    raw = (table - own.plus) / own.times
    return bool(((raw * times + plus - table) ** 2).mean() > table.var() > 0)


def record_of(table):
    """The scaling that made a table, or windows of it; None where none did, or several of which it is not known which."""
    if table.ndim < 2 or len(table) < FEWEST_ROWS:
        return None
    sought = None
    for one in Records:
        columns = one.rows.shape[1]
        if table.shape[-1] != columns:
            continue
        sought = sought or set(keys(table.reshape(-1, columns)))
        if sought <= set(keys(one.rows)):
            return one
    return None


def as_training(table, own):
    """The table as the scaling of training would have made it; None where that is what it is."""
    import numpy as np

    theirs = record_of(table)
    if theirs is None or (np.allclose(theirs.times, own.times) and np.allclose(theirs.plus, own.plus)):
        return None
    raw = (table.astype(np.float64) - theirs.plus) / theirs.times
    return (raw * own.times + own.plus).astype(np.float32)
