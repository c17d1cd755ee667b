"""Finds the lists by which a script numbers words, at its training call and where it asks, so that texts which are numbered by
a list of their own are told from those that are numbered as training was."""

from ..script import places

# With fewer words, two lists cover the same numbers by chance.
FEWEST_WORDS = 8
MOST_WORDS = 50000
MOST_LISTS = 24
# The lowest numbers may stand for padding and for unknown words.
FIRST_WORD = 2
# Of the numbers in a table, this share at least is in the list that it was numbered by.
COVERED = 0.99
# Of the words that were asked about, this share at least is known from training.
KNOWN = 0.5


def of_script():
    """The lists of the running functions, of the module and of their objects: the number of each word, each list once."""
    found = []
    for frame in places.frames_of_user():
        for name, value in list(frame.f_locals.items()):
            if name.startswith("__"):
                continue
            for one in [value] + holders(value):
                numbers = numbers_of(one)
                if numbers is not None and numbers not in found and len(found) < MOST_LISTS:
                    found.append(numbers)
    return found


def holders(value):
    """What an object such as a tokenizer, or a layer that was adapted, holds."""
    if isinstance(value, (dict, list, tuple, str, type)) or not hasattr(value, "__dict__"):
        return []
    if callable(getattr(value, "get_vocabulary", None)):
        return [listed(value.get_vocabulary)]
    return list(vars(value).values())[: 2 * MOST_LISTS]


def listed(read):
    """A list of words by their place as the number of each word."""
    try:
        return {str(word): number for number, word in enumerate(read())}
    except Exception:
        return None


def numbers_of(value):
    """The value as the number of each word; None where it is no such list."""
    import numpy as np

    if not isinstance(value, dict) or not FEWEST_WORDS <= len(value) <= MOST_WORDS:
        return None
    if not all(isinstance(word, str) for word in value):
        return None
    if not all(isinstance(number, (int, np.integer)) and not isinstance(number, bool) for number in value.values()):
        return None
    # Each word has a number of its own; where words share numbers, these are counts.
    numbers = {word: int(number) for word, number in value.items()}
    return numbers if len(set(numbers.values())) == len(numbers) else None


def renumbered(trained, asked, before, now):
    """Pairs of a number in asked rows and the one of the same word in training, by the lists at both times; None where the
    numbers are not told by lists, or are the same."""
    if len(trained) != 1 or len(asked) != 1 or trained[0].shape[1:] != asked[0].shape[1:] or trained[0].ndim > 2:
        return None
    own = [one for one in before if covers(one, trained[0])]
    # Of several lists that would do, none is known to be the one.
    if len(own) != 1:
        return None
    for other in now:
        if other != own[0] and covers(other, asked[0]):
            pairs = pairs_of(own[0], other, set(asked[0].reshape(-1).tolist()))
            if pairs:
                return pairs
    return None


def covers(numbers, table):
    """Whether a list has nearly all numbers that stand in a table, and the table many of the list."""
    import numpy as np

    codes = np.asarray(table).reshape(-1)
    codes = codes[codes >= FIRST_WORD]
    if codes.size == 0 or not (codes == np.round(codes)).all():
        return False
    has = np.isin(codes, list(numbers.values()))
    return len(np.unique(codes[has])) >= FEWEST_WORDS and has.mean() >= COVERED


def pairs_of(own, other, present):
    other = {word: number for word, number in other.items() if number in present}
    known = {word for word in other if word in own}
    if len(known) < KNOWN * len(other) or all(own[word] == other[word] for word in known):
        return None
    return [[number, own.get(word, 0)] for word, number in sorted(other.items(), key=lambda pair: pair[1])]
