"""Rows that the script asks about out of a table of pandas, or of counted words, whose columns stand in another order than those
of training."""

from ..script.places import frames_of_user
from ..tables import counted_words
from ..tables.kept_tables import as_table

# Tables with fewer rows are the same by chance.
FEWEST_ROWS = 10
# Of the names of training, at least this share stands in the other table as well.
KNOWN = 0.5


def moved(trained, asked):
    """For each column of training, the place of the one of its name in the asked rows, -1 where they have none. None
    where the columns stand in the same order, or where no table of the script tells their names."""
    if trained.ndim != 2 or asked.ndim != 2 or trained.shape[1] != asked.shape[1]:
        return None
    tables = tables_of_script()
    ours, theirs = names_of(trained, tables), names_of(asked, tables)
    if ours is None or theirs is None:
        return None
    places = [theirs.index(name) if name in theirs else -1 for name in ours]
    elsewhere = any(place not in (-1, at) for at, place in enumerate(places))
    known = sum(place >= 0 for place in places)
    return places if elsewhere and known >= KNOWN * len(places) else None


def tables_of_script():
    found = {}
    for frame in frames_of_user():
        for value in list(frame.f_locals.values()):
            if hasattr(value, "columns") and hasattr(value, "to_numpy"):
                found[id(value)] = value
    return list(found.values())


def names_of(rows, tables):
    """The names of the columns of the tables that begin with the rows; None where these differ, or are numbers alone."""
    import numpy as np

    if len(rows) < FEWEST_ROWS:
        return None
    listed = counted_words.names_of(rows)
    for table in tables:
        if len(table.columns) != rows.shape[1] or len(table) < len(rows):
            continue
        values = as_table(table)
        if values is not None and np.array_equal(values[: len(rows)], rows.astype(np.float32)):
            listed.append([str(name) for name in table.columns])
    if not listed or any(names != listed[0] for names in listed):
        return None
    names = listed[0]
    return names if len(set(names)) == len(names) and not all(name.isdigit() for name in names) else None
