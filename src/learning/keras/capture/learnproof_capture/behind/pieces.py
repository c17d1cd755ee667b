"""Puts together what a script compares the answers of a loop with, an answer or a batch at a time."""

from collections import namedtuple


class Origin(namedtuple("Origin", "question rows fit call row")):
    """Where answers come from: the question, the number of rows that they have, what gives targets the form of those of
    training, the number of the call among those of its line, and the row of that call where it is one of several. Answers of
    several calls that a list holds have no one call: their `row` holds the call and the row of each."""

    @property
    def is_one(self):
        """Whether they are the answer to one row."""
        return self.rows == 1

    def of_row(self, at):
        """The origin of one of the rows."""
        call, row = self.keys()[at]
        return self._replace(rows=1, call=call, row=row)

    def of_list(self, keys):
        """The origin of answers that a list holds, of which each has its call and its row."""
        return self._replace(rows=len(keys), call=None, row=keys)

    @property
    def is_row(self):
        """Whether they were taken out of the answers of a call."""
        return self.call is not None and self.row is not None

    def keys(self):
        """The number of the call and of the row in it, of each row."""
        if self.call is None:
            return self.row
        return [(self.call, at) for at in range(self.rows)] if self.row is None else [(self.call, self.row)]


class Pieces:
    """The comparisons of a line, and of each way to read the answers: a target for each row that was asked about."""

    def __init__(self):
        self.groups = {}

    def note(self, origin, steps, targets, name, place, compare, kept):
        """`targets` hold one for each row of the origin, of which those that are kept count; `compare` takes them together, once
        they are whole."""
        key = (name, str(place), tuple(one["does"] for one in steps))
        group = self.groups.setdefault(key, Group(compare))
        for row, target in zip(origin.keys(), targets):
            if row in kept:
                group.put(row, target)

    def rows_of(self, parts):
        """Of each group in which targets differ: the rows of each part that it has a target for, these, and `compare`."""
        for group in self.groups.values():
            known = [[at for at, row in enumerate(rows) if (call, row) in group.targets] for call, rows in parts]
            targets = [group.targets[(call, rows[at])] for (call, rows), kept in zip(parts, known) for at in kept]
            if not group.is_void and differ(targets):
                yield known, targets, group.compare


class Group:
    def __init__(self, compare):
        self.compare = compare
        self.targets = {}
        # Whether an answer is compared with several things in turn, such as each of the classes.
        self.is_void = False

    def put(self, key, target):
        import numpy as np

        kept = np.array(target)
        self.is_void = self.is_void or key in self.targets and not np.array_equal(self.targets[key], kept)
        self.targets[key] = kept


def differ(targets):
    import numpy as np

    return any(not np.array_equal(one, targets[0]) for one in targets[1:])
