"""Finds the pictures of training as they are before a loader turns, mirrors, moves or dims them, each beside its own target.
What a loader does at random may take away what the targets depend on, or leave targets behind that should follow."""

import copy

from . import kept_tables
from .held_pairs import FOUND, targets_beside
from .rows import keys, size_of_row
from .version import Version

# What an ImageDataGenerator does at random, by the names of its arguments.
AT_RANDOM = ("rotation_range", "width_shift_range", "height_shift_range", "brightness_range", "shear_range", "channel_shift_range",
             "horizontal_flip", "vertical_flip", "zoom_range")
NO_ZOOM = [1, 1]
MOST_NUMBERS = 16 * 1024 * 1024
# So many rows of training are looked for in a table.
SOUGHT = 64
# By so many numbers, which turning and mirroring leave as they are, a picture is told from others.
NUMBERS = 256
# What a loader changes stays nearer to where it comes from than other pictures do, by this factor.
NEARER = 0.5
# Loaders bring pixels of 0 to 255 to these scales.
SCALES = ((1.0, 0.0), (1 / 255.0, 0.0), (1 / 127.5, -1.0))
ALIKE = 0.1
# The same numbers come out a little otherwise where they are divided, in place of multiplied.
ROUNDING = 0.01
# A loader that mirrors half of its pictures and their targets leaves more of the targets as they are.
KEPT = 0.2


def before_the_loader(data, tables, given):
    """The version without what a loader of pictures does to them; none where it does nothing."""
    x, y = data.x[0], data.y[0]
    if x.ndim != 4:
        return []
    loader = given.get("x") if given.get("x") is not None else given.get("generator")
    if hasattr(loader, "image_data_generator"):
        found = of_generator(loader, x, y)
    else:
        held_out = set(keys(data.x_val[0])) if data.x_val and size_of_row(data.x_val[0]) == size_of_row(x) else set()
        found = of_tables(x, y, tables, held_out)
    return [] if found is None else [found]


def of_generator(loader, x, y):
    """The rows of a generator of Keras with nothing drawn at random."""
    import numpy as np

    try:
        settings = [name for name in AT_RANDOM if is_set(loader.image_data_generator, name)]
        if not settings or loader.n * size_of_row(x) > MOST_NUMBERS:
            return None
        still = copy.copy(loader)
        still.image_data_generator = copy.copy(loader.image_data_generator)
        still.image_data_generator.get_random_transform = lambda *_, **__: {}
        batch = still._get_batches_of_transformed_samples(np.arange(loader.n))
        rows, targets = (np.asarray(one, dtype=np.float32) for one in batch[:2])
    except Exception:
        return None
    if rows.shape[1:] != x.shape[1:] or targets.size // len(targets) != size_of_row(y):
        return None
    named = " and ".join(settings)
    return Version("unchanged", "the pictures of the generator without its %s" % named,
                   "take out of the ImageDataGenerator what changes the targets' sense, of %s," % named,
                   {"x": rows, "y": targets.reshape((len(targets),) + y.shape[1:])})


def is_set(generator, name):
    value = getattr(generator, name, None)
    if value is None or value is False:
        return False
    if name == "zoom_range":
        return list(value) != NO_ZOOM
    return True if name in ("horizontal_flip", "vertical_flip", "brightness_range") else value != 0


def of_tables(x, y, tables, held_out):
    """The smallest table, less the held-out rows, that the changed pictures come from."""
    found = []
    for table in tables:
        if len(table.array) < kept_tables.FEWEST_ROWS or table.array.size > MOST_NUMBERS or size_of_row(table.array) != size_of_row(x):
            continue
        beside = [(other, wanted) for other, wanted in targets_beside(table, y, tables) if are_targets(y, wanted)]
        rows = scaled_as(x, table.array) if beside else None
        if rows is None or set(keys(rows)) <= held_out:
            continue
        if comes_from(x, rows) and not stands_in(x, rows):
            found += [(table, other, rows, wanted) for other, wanted in beside]
    if not found:
        return None
    table, other, rows, wanted = min(found, key=lambda one: len(one[0].array))
    names = (table.words, other.words)
    return Version("unchanged", "the pictures of %s and %s without what the loader does to them" % names,
                   "give fit %s and %s by the same rows, without what the loader does to the pictures alone," % names,
                   {"x": rows.reshape((len(rows),) + x.shape[1:]), "y": wanted})


def are_targets(y, wanted):
    """Whether the targets of training come from those of a table: a loader may change some of them too, or all masks."""
    known = set(keys(wanted))
    if sum(key in known for key in keys(y)) >= KEPT * len(y):
        return True
    return y.ndim == 4 and comes_from(y, wanted)


def scaled_as(x, table):
    """The table on the scale of x; None where it stands on none of those that loaders bring pictures to."""
    spread = float(x.std())
    for factor, shift in SCALES:
        near = abs(float(table.mean()) * factor + shift - float(x.mean())) <= ALIKE * spread
        if near and abs(float(table.std()) * factor - spread) <= ALIKE * spread:
            return table * table.dtype.type(factor) + table.dtype.type(shift)
    return None


def comes_from(x, rows):
    """Whether pictures stand much nearer to some of the table than those of the table do to each other."""
    import numpy as np

    own = marks(rows)
    between = np.partition(distances(some(own), own), 1, axis=1)[:, 1]
    return bool(np.median(between) > 0 and np.median(distances(marks(some(x)), own).min(axis=1)) < NEARER * np.median(between))


def stands_in(x, rows):
    """Whether nearly all pictures are those of the table as they stand, but for rounding."""
    import numpy as np

    sought = some(x).reshape(-1, size_of_row(rows))
    own = rows.reshape(len(rows), -1) - rows.mean()
    nearest = distances(sought - rows.mean(), own).min(axis=1)
    return bool((nearest < ROUNDING * np.sqrt((own**2).sum(axis=1).mean())).mean() >= FOUND)


def some(rows):
    """Rows at even distances."""
    import numpy as np

    return rows[np.linspace(0, len(rows) - 1, min(SOUGHT, len(rows))).astype(int)]


def marks(rows):
    """The sorted numbers of each picture about their mean: turning, mirroring, rolling and dimming leave them."""
    import numpy as np

    flat = np.sort(rows.reshape(len(rows), -1), axis=1)
    few = flat[:, np.linspace(0, flat.shape[1] - 1, min(NUMBERS, flat.shape[1])).astype(int)].astype(np.float64)
    return few - few.mean(axis=1, keepdims=True)


def distances(one, other):
    import numpy as np

    squares = (one**2).sum(axis=1)[:, None] + (other**2).sum(axis=1)[None] - 2 * one @ other.T
    return np.sqrt(np.maximum(squares, 0))
