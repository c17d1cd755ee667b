"""What a script makes of a single answer: the functions that `script/followed.py` lets it call in the place of Python's own."""

from . import answers, renamed, tensors
from .pieces import Origin


# Values of these types are no answers: a script that computes much in plain Python is not to wait for us.
PLAIN = frozenset((bool, int, float, str))


def functions():
    return {"converted": converted, "looked_up": looked_up, "chosen": chosen, "read_by": read_by}


def converted(kind, value):
    """`int(value)` and the like: an answer stays one, of the kind that is asked for."""
    if type(value) in PLAIN:
        return kind(value)
    value = tensors.answers_of(value)
    if not is_answer(value) or value.ndim:
        return kind(value)
    last = value.steps[-1]["does"] if value.steps else None
    is_whole = value.dtype.kind in "biu" or last == "round"
    if kind is bool or kind is int and not is_whole:
        return kind(value)
    return remembered(kind(value), value.origin, value.steps + ({"does": "shape"},))


def looked_up(container, key):
    """`container[key]`: what stands at the place that an answer names is a name of it."""
    if type(key) in PLAIN:
        return container[key]
    key = tensors.answers_of(key)
    value = container[key]
    if not is_answer(key) or key.ndim or key.dtype.kind not in "biu" or not is_plain(value):
        return value
    numbered = container.items() if isinstance(container, dict) else enumerate(container)
    numbers = {name: int(number) for number, name in numbered if is_plain(name)}
    return named(value, key.origin, key.steps + ({"does": "named", "back": renamed.numbered(numbers)},))


def chosen(test, yes, no):
    """`yes if test else no` of two constants, which name the two sides of a threshold."""
    if type(test) in PLAIN:
        return yes if test else no
    test = tensors.answers_of(test)
    value = yes if test else no
    if not is_answer(test) or test.ndim:
        return value
    steps = renamed.chosen(test.steps, yes, no)
    return value if steps is None else named(value, test.origin, steps)


def read_by(function, values, *rest, **given):
    """A function of NumPy of a tensor reads the answers that it gives, and an array that is made of a list holds the answers that
    a loop has put into it."""
    if getattr(function, "__module__", None) != "numpy":
        return function(values, *rest, **given)
    made = function(tensors.answers_of(values), *rest, **given)
    return together(values, made) if isinstance(values, list) else made


def together(values, made):
    """The array that was made of a list, which remembers what all of the list does; as it is where that differs."""
    origins = [getattr(one, "origin", None) for one in values]
    if not origins or any(not isinstance(one, Origin) for one in origins):
        return made
    done = [[step["does"] for step in one.steps] for one in values]
    if any(one.question is not origins[0].question for one in origins) or any(one != done[0] for one in done):
        return made
    keys = [key for one in origins for key in one.keys()]
    return answers.remember(made, origins[0].of_list(keys), values[0].steps)


def named(value, origin, steps):
    if not isinstance(value, str):
        return remembered(value, origin, steps)
    told = Name(value)
    told.origin, told.steps = origin, steps
    return told


def remembered(value, origin, steps):
    import numpy as np

    return answers.remember(np.asarray(value), origin, steps)


class Name(str):
    """A class by its name: text that remembers which answer it was looked up by."""

    def __eq__(self, other):
        if isinstance(other, str) and not isinstance(other, Name):
            answers.tracked_kind().compare_with(self, str(other), "equal")
        return str.__eq__(self, other)

    def __ne__(self, other):
        return not self == other

    __hash__ = str.__hash__


def is_plain(value):
    import numpy as np

    return isinstance(value, (str, int, float, np.generic))


def is_answer(value):
    return isinstance(value, answers.tracked_kind()) and value.origin is not None
