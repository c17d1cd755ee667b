"""Finds the table that rows come from of which a script has divided each by its own size."""

# Sizes that differ by less than this part of their mean are the same.
SAME = 1e-3
# Rows of the table have sizes that differ by more than this.
DIFFERENT = 0.05
CLOSE = 1e-4


def sized(whole, tables):
    """The table of the same shape whose rows are those of the given one but for a factor of each, with its columns standardised."""
    import numpy as np

    rows = whole.reshape(len(whole), -1).astype(np.float64)
    if rows.shape[1] < 2 or not any(is_same(size(rows)) for size in SIZES):
        return
    for table in tables:
        if table.array.size != whole.size or table.array.shape[:1] != whole.shape[:1]:
            continue
        held = table.array.reshape(rows.shape).astype(np.float64)
        lengths = np.linalg.norm(held, axis=1)
        if not np.isfinite(lengths).all() or lengths.std() <= DIFFERENT * lengths.mean():
            continue
        if not np.allclose(directions(held), directions(rows), atol=CLOSE):
            continue
        other = (held - held.mean(axis=0)) / np.where(held.std(axis=0) > 0, held.std(axis=0), 1)
        line = "x = (%s - %s.mean(axis=0)) / %s.std(axis=0), in place of a size for each row," % ((table.words,) * 3)
        yield "the rows of %s with their own sizes, column by column standardised" % table.words, line, other.astype(np.float32).reshape(whole.shape)


def by_length(rows):
    import numpy as np

    return np.linalg.norm(rows, axis=1)


def by_largest(rows):
    return abs(rows).max(axis=1)


SIZES = (by_length, by_largest)


def is_same(sizes):
    """Whether all rows have one size; rows of zeros have none."""
    some = sizes[sizes > 0]
    return len(some) > 0 and float(some.max() - some.min()) <= SAME * float(some.mean())


def directions(rows):
    import numpy as np

    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, 1)
