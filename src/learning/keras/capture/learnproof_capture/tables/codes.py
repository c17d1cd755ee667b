"""Remembers which number stood for which value each time that the script encoded a column, so that rows that were encoded
anew are told from those of training."""

import functools

MOST_RECORDS = 200
MOST_VALUES = 2000
# With fewer rows or codes, two columns are the same by chance.
FEWEST_ROWS = 10
FEWEST_CODES = 3
# Of the values of asked rows, at least this share is known from training where it is the same column.
KNOWN = 0.5

Records = []


class Record:
    """One column as it was encoded: its codes, and the code of each value. `by` is what encoded it."""

    def __init__(self, codes, meaning, by):
        self.codes = codes
        self.meaning = meaning
        self.by = by


def remember(codes, values, by):
    """`values` lists what the codes 0, 1, 2, … stand for."""
    import numpy as np

    codes, values = np.asarray(codes), list(values)
    if codes.ndim != 1 or not FEWEST_ROWS <= len(codes) or not FEWEST_CODES <= len(values) <= MOST_VALUES:
        return
    if len(Records) < MOST_RECORDS and codes.dtype.kind in "iuf":
        Records.append(Record(codes.astype(np.float32), {str(value): at for at, value in enumerate(values)}, by))


def seen(function, note):
    """The function as one whose answers are noted; what cannot be noted is left out."""

    @functools.wraps(function)
    def called(*positional, **given):
        answer = function(*positional, **given)
        try:
            note(positional[0], answer)
        except Exception:
            pass
        return answer

    return called


def watch_encoders(module):
    """Wraps the encoders of sklearn.preprocessing."""

    def note_labels(encoder, codes):
        remember(codes, encoder.classes_, encoder)

    def note_columns(encoder, codes):
        for at, values in enumerate(encoder.categories_):
            column = codes.iloc[:, at] if hasattr(codes, "iloc") else codes[:, at]
            remember(column, values, (encoder, at))

    for name, note in (("LabelEncoder", note_labels), ("OrdinalEncoder", note_columns)):
        kind = getattr(module, name, None)
        if kind is not None:
            kind.transform = seen(kind.transform, note)
            kind.fit_transform = seen(kind.fit_transform, note)


def watch_pandas(pandas):
    """Wraps factorize and the codes of categories."""

    def note_pair(_, answer):
        remember(answer[0], answer[1], None)

    pandas.factorize = seen(pandas.factorize, note_pair)
    for kind in (pandas.Series, pandas.Index):
        kind.factorize = seen(kind.factorize, note_pair)
    accessor = getattr(pandas.Series, "cat", None)
    codes = getattr(accessor, "codes", None)
    if isinstance(codes, property):
        accessor.codes = property(seen(codes.fget, lambda of, answer: remember(answer, of.categories, None)))


def recoded(trained, asked):
    """The columns of asked arrays that were encoded otherwise than those of training: their place, and pairs of a code and
    the one that stands for the same value in training."""
    found = []
    for part, (ours, theirs) in enumerate(zip(trained, asked)):
        if not Records or theirs.ndim > 2 or ours.ndim != theirs.ndim or len(theirs) < FEWEST_ROWS:
            continue
        for column in range(1 if theirs.ndim == 1 else theirs.shape[1]):
            pairs = pairs_of(column_of(ours, column), column_of(theirs, column))
            if pairs:
                found.append({"part": part, "column": column, "pairs": pairs})
    return found


def column_of(array, column):
    return array if array.ndim == 1 else array[:, column]


def pairs_of(ours, theirs):
    import numpy as np

    asked = [one for one in Records if len(one.codes) == len(theirs) and np.array_equal(one.codes, theirs)]
    if not asked:
        return None
    present = set(theirs.tolist())
    own = {value: code for value, code in asked[-1].meaning.items() if code in present}
    if len(present) < FEWEST_CODES or any(one.meaning != asked[-1].meaning for one in asked):
        return None
    # Training may have taken a part of a column, in an order of its own.
    exact = [one for one in Records if len(one.codes) == len(ours) and np.array_equal(one.codes, ours)]
    known = [one for one in exact or holding(ours) if shares(one.meaning, own) >= KNOWN]
    moves = [{own[value]: code for value, code in one.meaning.items() if value in own} for one in known]
    if not moves or any(one != moves[0] for one in moves) or all(a == b for a, b in moves[0].items()):
        return None
    return [[int(a), int(b)] for a, b in sorted(moves[0].items())]


def shares(meaning, own):
    return sum(value in meaning for value in own) / float(len(own))


def holding(column):
    """The records that have every code of a column at least as often."""
    import numpy as np

    codes, counts = np.unique(column, return_counts=True)
    found = []
    for one in Records:
        if len(one.codes) >= len(column) and len(codes) >= FEWEST_CODES:
            has = dict(zip(*np.unique(one.codes, return_counts=True)))
            if all(has.get(code, 0) >= count for code, count in zip(codes, counts)):
                found.append(one)
    return found
