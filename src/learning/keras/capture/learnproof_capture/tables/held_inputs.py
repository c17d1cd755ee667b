"""Finds inputs as they would be had a script moved the axes of a table that it only reshaped, or kept what told its rows
apart."""

import itertools

from . import kept_tables
from .row_sizes import sized
from .rows import keys, rows_in, size_of_row
from .version import Version

MOST_VERSIONS = 6
# So many different rows are few beside those of the table that they were made from.
FEWER = 0.5
MOST_AXES = 4


def prepared_otherwise(data, asked, tables):
    """Inputs as they would be by another way from a table that the script holds, also those that it asks about."""
    found = {}
    for table in tables:
        places = rows_of_both(data, table)
        if places is None:
            continue
        whole = table.array.reshape((len(table.array),) + data.x[0].shape[1:])
        ways = [("axes", one) for one in transposed(whole, tables)]
        ways += [("inputs", one) for one in list(richer(whole, tables)) + list(sized(whole, tables))]
        for of, (words, line, other) in ways:
            parts = {"x": other[places[0]]}
            if places[1] is not None:
                parts["x_val"] = other[places[1]]
            parts.update(asked_from(other, table, data, asked, places))
            found.setdefault(parts["x"].tobytes(), Version(of, words, line, parts))
    return list(found.values())[:MOST_VERSIONS]


def asked_from(other, table, data, asked, places):
    """The rows that are asked about as they stand in another table."""
    parts = {}
    for number, xs in enumerate(asked):
        if len(xs) != 1 or size_of_row(xs[0]) != size_of_row(table.array):
            continue
        is_held_out = data.x_val and keys(xs[0]) == keys(data.x_val[0])
        at = places[1] if is_held_out else in_order(xs[0], table, len(data.x[0]))
        if at is not None:
            parts["x_asked%d" % number] = other[at]
    return parts


def rows_of_both(data, table):
    """Where in a table the rows of training and validation stand; None where it does not hold them."""
    if len(table.array) < kept_tables.FEWEST_ROWS or size_of_row(table.array) != size_of_row(data.x[0]):
        return None
    x, x_val = data.x[0], data.x_val[0] if data.x_val else None
    at = in_order(x, table, 0)
    if at is None:
        return None
    if x_val is None:
        return at, None
    behind = in_order(x_val, table, len(x))
    return None if behind is None else (at, behind)


def in_order(x, table, start):
    """The places of rows that stand one behind the other from a place on, or anywhere as rows that are all different."""
    import numpy as np

    end = start + len(x)
    if end <= len(table.array) and keys(table.array[start:end]) == keys(x):
        return np.arange(start, end)
    at = rows_in(x, table.array)
    return at if (at >= 0).all() else None


def transposed(whole, tables):
    """The table as it is where a reshape was meant to move its axes."""
    shape = [side for side in whole.shape if side > 1]
    for table in tables:
        held = squeezed(table.array)
        if held.ndim <= MOST_AXES and held.size == whole.size and sorted(held.shape) == sorted(shape):
            yield from torn(table.words, held, whole, shape)
    yield from interleaved(whole, tables)


def torn(words, held, whole, shape):
    """Reshaped as it is, or turned first and then reshaped to the shape that it had."""
    import numpy as np

    orders = list(itertools.permutations(range(held.ndim)))
    if list(held.shape) == shape:
        for axes in orders[1:]:
            scale = same_but_for_scale(held.transpose(axes).ravel(), whole.ravel())
            if scale is not None:
                yield moved(words, words, held, scale, whole)
        return
    scale = same_but_for_scale(held.ravel(), whole.ravel())
    for axes in orders if scale is not None else []:
        other = held.transpose(axes)
        if list(other.shape) == shape and not np.array_equal(other * scale[0] + scale[1], whole.reshape(shape)):
            yield moved(words, "np.transpose(%s, %s)" % (words, axes), other, scale, whole)


def moved(words, named, other, scale, whole):
    import numpy as np

    table = (other * scale[0] + scale[1]).astype(np.float32).reshape(whole.shape)
    return "the axes of %s in place, where a reshape has torn them" % words, "x = %s, in place of a reshape," % named, table


def interleaved(whole, tables):
    """Columns that stand one behind the other in the flat table, and were meant to stand side by side."""
    import numpy as np

    features = whole.shape[-1]
    for table in tables if whole.ndim > 1 and features > 1 else []:
        held = table.array
        if held.shape == whole.shape[:-1] and not np.array_equal(held, whole[..., 0]):
            if same_but_for_scale(held.ravel(), whole.ravel()[: held.size]) is not None:
                other = np.moveaxis(whole.reshape((features,) + held.shape), 0, -1)
                named = "np.stack([%s, …], axis=-1)" % table.words
                yield "%s and what follows it side by side" % table.words, "x = %s, in place of a reshape," % named, np.ascontiguousarray(other)
                return


def squeezed(array):
    return array.reshape([side for side in array.shape if side > 1] or [1])


def same_but_for_scale(one, other):
    """The factor and the shift that make one flat array of the other; None where none do."""
    import numpy as np

    least, most = int(one.argmin()), int(one.argmax())
    if one[least] == one[most]:
        return None
    factor = float(other[most] - other[least]) / float(one[most] - one[least])
    shift = float(other[least]) - factor * float(one[least])
    close = factor > 0 and np.allclose(one * factor + shift, other, rtol=1e-4, atol=1e-5 * max(1.0, abs(float(other[most]))))
    return (factor, shift) if close else None


def richer(whole, tables):
    """A table of the same shape, of whose different rows a step of the script has made few."""
    distinct = len(set(keys(whole)))
    for table in tables:
        if table.array.size != whole.size or table.array.shape[:1] != whole.shape[:1]:
            continue
        if distinct < FEWER * len(set(keys(table.array))):
            other, most = table.array.reshape(whole.shape), float(abs(table.array).max())
            line = "x = %s / %s.max(), in place of what made rows alike," % (table.words, table.words)
            yield "the rows of %s, which are different, over their largest number" % table.words, line, other / most
