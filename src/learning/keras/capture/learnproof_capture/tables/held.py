"""Finds what a script holds of its examples beside what it gives to fit: rows that fit never sees, the targets that belong
to shuffled inputs, axes that a reshape has torn, and inputs from before a step that made them all alike."""

import os

from ..script import places
from ..script.whole import put_arrays, put_json
from . import kept_tables
from .before_the_loader import before_the_loader
from .classless import with_the_other_class
from .held_inputs import prepared_otherwise
from .held_pairs import more_rows, paired
from .scalings import scaled_otherwise

MOST_BYTES = 64 * 1024 * 1024


class Held:
    """The tables that the script holds at its training call."""

    def __init__(self, data, given):
        self.data = data
        self.given = given
        self.is_plain = len(data.x) == 1 and len(data.y) == 1
        self.tables = kept_tables.of_script(places.frames_of_user(), given) if self.is_plain else []

    def save(self, folder, questions, restored):
        """Writes held.json and held.npz, the second first, where the script holds another version."""
        found = self.versions(questions, restored) if self.is_plain else []
        if not found:
            return
        columns = {"%d%s" % (number, name): table for number, one in enumerate(found) for name, table in one.tables.items()}
        put_arrays(os.path.join(folder, "held.npz"), columns)
        content = [dict(of=one.of, words=one.words, line=one.line, question=one.question, rescaled=one.rescaled) for one in found]
        put_json(os.path.join(folder, "held.json"), {"versions": content})

    def versions(self, questions, restored):
        """`questions` lists the inputs and the targets of what the script asks of its trained model, `restored` the rows of
        each to which a scaler was fitted one by one, or none at all, as training would have them."""
        x, y = self.data.x[0], self.data.y[0]
        found = more_rows(x, y, self.tables) + paired(x, y, self.tables, "targets")
        if self.data.x_val and self.data.y_val:
            found += paired(self.data.x_val[0], self.data.y_val[0], self.tables, "heldOutTargets")
        for number, (xs, ys) in enumerate(questions):
            if len(xs) == 1 and len(ys) == 1:
                found += paired(xs[0], ys[0], self.tables, "askedTargets", number)
        found += prepared_otherwise(self.data, [xs for xs, _ in questions], self.tables)
        found += scaled_otherwise(self.data, [xs for xs, _ in questions], restored)
        found += before_the_loader(self.data, self.tables, self.given) + with_the_other_class(self.data)
        kept, size = [], 0
        for one in found:
            size += sum(table.size * 4 for table in one.tables.values())
            if size <= MOST_BYTES:
                kept.append(one)
        return kept
