"""Finds rows that fit never sees, and the targets that belong to shuffled inputs, in the tables that a script holds."""

from . import kept_tables, shuffles
from .rows import agreement, keys, rows_in, shares, size_of_row
from .version import Version

MOST_VERSIONS = 6
# Of the rows, at least this share is found in the table that they come from.
FOUND = 0.95
# Of the pairs, this share at least or at most is as the script holds them.
SAME = 0.99
OTHER = 0.9


def sources(x, tables):
    """The tables that hold the rows of x, each with the place of every row."""
    for table in tables:
        if len(table.array) >= kept_tables.FEWEST_ROWS and size_of_row(table.array) == size_of_row(x):
            at = rows_in(x, table.array)
            if (at >= 0).mean() >= FOUND:
                yield table, at


def as_targets(array, y):
    """The table in the form of the targets; None where it has another one."""
    import numpy as np

    if size_of_row(array) == size_of_row(y):
        return array.reshape((len(array),) + y.shape[1:])
    numbers = array.reshape(-1) if array.size == len(array) else None
    if numbers is not None and y.ndim == 2 and is_one_hot(y) and is_class(numbers, y.shape[1]):
        return np.eye(y.shape[1], dtype=np.float32)[numbers.astype(int)]
    if y.size == len(y) and array.ndim == 2 and is_one_hot(array):
        return array.argmax(axis=1).astype(np.float32).reshape((len(array),) + y.shape[1:])
    return None


def is_one_hot(y):
    return bool(((y == 0) | (y == 1)).all() and (y.sum(axis=1) == 1).all())


def is_class(numbers, classes):
    import numpy as np

    return bool((numbers == np.round(numbers)).all() and numbers.min() >= 0 and numbers.max() < classes)


def targets_beside(table, y, tables):
    """The tables with a row for each row of this one that may be its targets, in the form of y."""
    for other in tables:
        if other is not table and not other.is_order and len(other.array) == len(table.array):
            wanted = as_targets(other.array, y)
            if wanted is not None:
                yield other, wanted


def more_rows(x, y, tables):
    """A table that holds at least twice as many different rows, with the very targets that fit is given for those it sees."""
    import numpy as np

    distinct = len(set(keys(x)))
    found = []
    for table, at in sources(x, tables):
        if len(table.array) < 2 * distinct:
            continue
        for other, wanted in targets_beside(table, y, tables):
            known = at >= 0
            if agreement(wanted[at[known]], np.asarray(y)[known]) >= SAME:
                words = "all rows of %s and %s" % (table.words, other.words)
                line = "give fit all rows of %s and %s but those held out: other rows in each batch of an epoch" % (table.words, other.words)
                rows = table.array.reshape((len(table.array),) + x.shape[1:])
                found.append(Version("rows", words, line, {"x": rows, "y": wanted}))
    # A table that the script made for training alone is the smallest that holds more rows.
    return sorted(found, key=lambda one: len(one.tables["x"]))[:1]


def paired(x, y, tables, of, question=None):
    """The targets of the rows of x as the script holds them, where fit is given other ones."""
    import numpy as np

    y = np.asarray(y, dtype=np.float32)
    found = {}
    for table, at in sources(x, tables):
        known = at >= 0
        for other, wanted in targets_beside(table, y, tables):
            if not come_from(y, wanted):
                continue
            for name, rows, line in ways(table, other, tables):
                own = y.copy()
                own[known] = wanted[rows][at[known]]
                if agreement(own, y) <= OTHER:
                    words = "for each input of %s its own target, %s" % (table.words, name)
                    found.setdefault(own.tobytes(), Version(of, words, line, {"y": own}, question))
    return list(found.values())[:MOST_VERSIONS]


def ways(table, other, tables):
    """How the rows of one table may belong to those of another: as they stand, or by an order that the script holds."""
    import numpy as np

    pair = (table.words, other.words)
    yield other.words, slice(None), "take inputs and targets by the same rows: x, y = %s[rows], %s[rows]" % pair
    for words, order in orders(len(table.array), tables):
        if words.startswith(shuffles.OF_A_GENERATOR):
            alone = "shuffle=False, since classes and file names stand in the order of the folders, where %s holds" % words
            yield "%s[%s]" % (other.words, words), order, alone
            continue
        is_shuffle = words.startswith("the order of")
        for form, rows in (("%s[%s]", order), ("%s[np.argsort(%s)]", np.argsort(order))):
            name = form % (other.words, words)
            alone = "shuffle inputs and targets by one order, where %s holds for one of them alone:" % words
            both = "rows = np.random.permutation(len(x)); x, y = x[rows], y[rows]"
            yield name, rows, "%s %s" % (alone, both) if is_shuffle else "y = %s, so that each input keeps its target," % name


def come_from(y, table):
    """Whether targets are rows of a table: each of them, and of few different ones about as many as there."""
    import numpy as np

    ours, theirs = shares(y), shares(table)
    if not set(ours) <= set(theirs) or len(ours) <= min(len(y), len(table)) // 4 < len(theirs):
        return False
    if len(y) == len(table):
        return ours == theirs
    if len(theirs) > len(table) // 4:
        return True
    return all(abs(ours.get(key, 0) - share) < 4 * np.sqrt(share * (1 - share) * (1.0 / len(y) + 1.0 / len(table))) for key, share in theirs.items())


def orders(count, tables):
    """The orders of so many rows that the script holds: each number once."""
    import numpy as np

    for table in tables:
        numbers = table.array
        if numbers.shape == (count,) and numbers.min() == 0 and numbers.max() == count - 1:
            order = numbers.astype(int)
            if (np.sort(order) == np.arange(count)).all() and not (order == np.arange(count)).all():
                yield table.words, order
