"""Tells a loop of an agent, which acts by what its model answers and trains on what comes of it, from one that has its examples."""

from ..script import places
from ..tables.rows import digest_of

# An agent asks about its rows again and again, step by step; a script that looks at some examples asks about them once.
FEWEST_CALLS = 16
# It may act at random nine times in ten.
SHARE = 0.1
# More rows than these are not remembered.
MOST_ROWS = 100000

ACTS = (
    "trains on rows about which it asked a model step by step before, as an agent does that acts by the answers: what such a loop "
    "trains on moves with what the network learns, and no law here judges that; check the network on a fixed table of inputs "
    "and targets"
)


class Agents:
    """Counts the rows that the script first asks a model about, fewer at a time than it trains on, and then trains on."""

    def __init__(self):
        self.asked = {}
        self.calls = 0
        self.trained = set()
        self.acted = 0
        self.acts = set()

    def asks(self, x):
        """A call of a model outside of any step of training. What comes before the first step only looks at examples."""
        if not self.trained or not places.is_called_by_user():
            return
        rows = rows_of(x)
        if not rows or len(self.asked) + len(rows) > MOST_ROWS:
            return
        self.calls += 1
        for row in rows:
            if row not in self.trained:
                self.asked.setdefault(row, (self.calls, len(rows)))

    def trains(self, x):
        """A step of training on these rows."""
        rows = rows_of(x)
        for row in rows:
            if row in self.trained or len(self.trained) >= MOST_ROWS:
                continue
            self.trained.add(row)
            call, at_once = self.asked.get(row, (None, len(rows)))
            if at_once < len(rows):
                self.acted += 1
                self.acts.add(call)

    def act(self):
        return len(self.acts) >= FEWEST_CALLS and self.acted >= SHARE * len(self.trained)


def rows_of(x):
    """What tells the rows of the first input apart, 16 bytes for each: pictures would fill the memory. None of what is no table
    of numbers, as while a graph is traced."""
    import numpy as np

    if isinstance(x, (list, tuple)) and x:
        x = x[0]
    try:
        # A zero may have a sign, which makes no other row of it.
        array = np.ascontiguousarray(x, dtype=np.float32) + np.float32(0)
    except Exception:
        return []
    return [digest_of([array], at) for at in range(len(array))] if array.ndim > 1 else []
