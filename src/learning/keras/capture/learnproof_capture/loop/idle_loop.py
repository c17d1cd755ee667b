"""A loop that computes gradients by a tape and never applies them: its steps are those of a training that moves nothing."""

from ..script.ending import Refusal
from . import accumulated
from .tape_loop import TapeLoop


class IdleLoop:
    """`steps` are the last ones of the loop, `count` is the number of all. `tape_loop` is None where they cannot be told."""

    def __init__(self, tapes):
        self.steps = tapes.unapplied_steps()
        self.count = tapes.unapplied
        self.tape_loop = self.told(tapes)

    def told(self, tapes):
        optimizer = next((one for step in self.steps for one in step.values.values() if is_optimizer(one)), None)
        if optimizer is None:
            return None
        try:
            return TapeLoop(self.steps[:1], optimizer, pairs_of(self.steps[0]), tapes)
        except Refusal:
            return None

    def batches(self):
        return [self.tape_loop.batch([one], pairs_of(one)) for one in self.steps if self.tape_loop.is_like(one)]

    def add_to(self, given, notes):
        """Of many steps only the last ones are at hand."""
        if self.count > len(self.steps):
            notes.add("the loop computes gradients %d times, of which the last %d are known" % (self.count, len(self.steps)))
        given["epochs"] = max(1, int(round(given["epochs"] * self.count / float(len(self.steps)))))
        given["shuffle"] = given["shuffle"] or given["epochs"] > 1 and len(self.steps) == accumulated.MOST_PARTS


def pairs_of(step):
    return [(step.gradients[id(one)], one) for one in step.sources]


def is_optimizer(value):
    return hasattr(value, "apply_gradients") and hasattr(value, "learning_rate")
