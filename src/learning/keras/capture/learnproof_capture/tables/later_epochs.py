"""Whether later epochs give the inputs of the first one with other targets: a Sequence, or a generator, that shuffles inputs and
targets apart behind each epoch trains on right pairs once, and on wrong ones ever after."""

import copy
import random
from itertools import islice

from .kept_tables import is_own
from .later_batches import names_of

# So many batches of the next epoch tell whether its pairs are others, before the rest of it is read.
FIRST_LOOK = 8
# Of the rows of the first epoch that come again, at least this share has other targets.
OTHERS = 0.1
# With fewer rows that come again there is no telling.
ENOUGH = 16


class Next:
    """The batches behind the first epoch, of which those of the second one are kept."""

    def __init__(self, batches, split, count):
        self.batches, self.split, self.count = batches, split, count
        self.found = []

    def __iter__(self):
        for batch in self.batches:
            part = self.split(batch)
            if len(self.found) < self.count:
                self.found.append(copied(part))
            yield part

    def turned(self, parts, behind):
        """The second epoch, where it pairs its inputs otherwise than the first one; else None."""
        if not pairs_otherwise(parts, self.found):
            return None
        rest = islice(behind, self.count - len(self.found))
        return self.found + [copied(self.split(batch)) for batch in rest]


def turned(parts, source, split):
    """The batches of the epoch behind the first one, where the script's own Sequence pairs its inputs otherwise there; else None."""
    if not hasattr(source, "__getitem__") or not is_own(type(source)) or not hasattr(source, "on_epoch_end"):
        return None
    import numpy as np

    # What is looked at here, the script's own objects do later: they and their random numbers stay as they are.
    states = random.getstate(), np.random.get_state()
    try:
        later = copy.deepcopy(source)
        later.on_epoch_end()
        batches = (split(later[at]) for at in range(len(parts)))
        found = [copied(next(batches)) for _ in range(min(FIRST_LOOK, len(parts)))]
        return found + [copied(batch) for batch in batches] if pairs_otherwise(parts, found) else None
    except Exception:
        return None
    finally:
        random.setstate(states[0])
        np.random.set_state(states[1])


def copied(batch):
    return [[array.copy() for array in group] for group in batch]


def pairs_otherwise(parts, later):
    """Whether inputs that stand once in the first batches have other targets in later ones."""
    targets = {}
    for part in parts:
        for name, target in pairs_of(part):
            targets[name] = target if name not in targets else None
    again = [target != targets[name] for part in later for name, target in pairs_of(part) if targets.get(name) is not None]
    return len(again) >= ENOUGH and sum(again) >= OTHERS * len(again)


def pairs_of(part):
    inputs, targets = names_of([part[0], []]), names_of([part[1], []]) if part[1] else []
    return zip(inputs, targets)
