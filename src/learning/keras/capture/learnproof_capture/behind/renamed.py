"""Classes that a script names by itself: `np.where(chance > 0.5, "cat", "dog")`, and `names[numbers]` of a plain list or
array, which the answers cannot follow."""

from . import undone

# With fewer rows, chance may make names that go along with numbers.
FEWEST_ROWS = 20
# So many decisions of a script are kept; a later one takes the place of the first.
MOST_DECIDED = 8


def chosen(steps, yes, no):
    """The steps behind `np.where` of a threshold; None where it does not choose between two plain values."""
    import numpy as np

    before = [at for at, one in enumerate(steps) if one["does"] not in ("shape", "column")]
    if not before or steps[before[-1]]["does"] != "threshold" or np.ndim(yes) or np.ndim(no) or yes == no:
        return None
    at, threshold = before[-1], steps[before[-1]]
    above, below = (yes, no) if threshold["above"] else (no, yes)
    turned = {"does": "threshold", "at": threshold["at"], "above": True}
    if (above, below) == (1, 0):
        return steps[:at] + (turned,) + steps[at + 1:]
    if (above, below) == (0, 1):
        return steps[:at] + (dict(turned, above=False),) + steps[at + 1:]
    return steps[:at] + (turned,) + steps[at + 1:] + ({"does": "named", "back": undone.by_names([below, above])},)


class Decided:
    """The decisions that a script has read from answers, so that plain names which go along with one are told by it."""

    def __init__(self):
        self.kept = []

    def note(self, decisions, origin, steps):
        self.kept = self.kept[1 - MOST_DECIDED:] + [(decisions, origin, steps)]

    def behind(self, values):
        """The origin and the steps of plain values that name decisions one by one; None where none is behind them."""
        import numpy as np

        names = np.asarray(values)
        if names.ndim != 1 or len(names) < FEWEST_ROWS:
            return None
        for decisions, origin, steps in reversed(self.kept):
            numbers = decisions.reshape(-1)
            pairs = set(zip(numbers.tolist(), names.tolist())) if len(numbers) == len(names) else set()
            kinds = len(set(numbers.tolist()))
            if 1 < kinds == len(pairs) == len(set(one for _, one in pairs)):
                return origin, steps + ({"does": "named", "back": numbered({name: number for number, name in pairs})},)
        return None


def numbered(numbers):
    """What finds the number of each name. A name that no answer of the stand-ins was given has none."""
    import numpy as np

    return lambda targets: np.array([float(numbers[one]) for one in np.asarray(targets).reshape(-1).tolist()])
