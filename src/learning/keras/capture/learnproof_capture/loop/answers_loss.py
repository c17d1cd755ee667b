"""The loss of a step that compares answers with each other and with nothing else, as a triplet loss does: they stand side by side
in one output, and the targets, which the loss does not read, are zeros."""

from .tape_loss import TapeLoss, reduction_of, size_of


class AnswersLoss(TapeLoss):
    """`function` computes the loss of the answers at the places `read`."""

    def __init__(self, whole, read, place):
        self.whole, self.block, self.place = whole, whole.block, place
        self.__name__ = "in the tape"
        self.reduction = reduction_of(whole.step)
        feeds = [whole.traced.feeds[whole.traced.data + at] for at in read]
        self.sides = [tuple(one.shape)[1:] for one in feeds]
        self.dtypes = [one.dtype for one in feeds]
        terms = [one for one in whole.traced.terms if one.answers]
        self.function = whole.traced.sum_of(terms, [whole.traced.data + at for at in read])

    def __call__(self, targets, predictions):
        import tensorflow as tf

        given, start = [], 0
        for sides, kind in zip(self.sides, self.dtypes):
            end = start + size_of(sides)
            given.append(tf.cast(tf.reshape(predictions[:, start:end], (-1,) + sides), kind))
            start = end
        return self.function(*given)

    def targets_of(self, step):
        import numpy as np

        return np.zeros((self.whole.rows_of(step), 1), "float32")


def compared_with_each_other(traced):
    """The places of the answers that a loss compares with each other alone; none where it compares any with data, or reads a
    single one."""
    terms = [one for one in traced.terms if one.answers]
    read = sorted({at for one in terms for at in one.answers})
    if len(read) < 2 or any(one.data for one in terms) or not any(len(one.answers) > 1 for one in terms):
        return []
    return [] if holds_some_fixed(traced, terms) else read


def holds_some_fixed(traced, terms):
    """Whether an answer stands in a term as a number without a slope: it is then what the others should be, and moves with what the
    network learns. The same answer for all examples may be the best, so that no law tells what is learnt."""
    waiting, seen = [one.tensor.op for one in terms], set()
    while waiting:
        operation = waiting.pop()
        if operation.name in seen:
            continue
        seen.add(operation.name)
        if operation.type == "StopGradient" and traced.reached(list(operation.inputs)):
            return True
        waiting.extend(one.op for one in operation.inputs)
    return False
