"""The loss of a model whose class computes it in `compute_loss`, as a function of targets and predictions."""

import dis
import inspect

from ..model.origins import is_kerass
from ..script import places
from ..script.ending import Refusal
from . import traced
from .loss_in_model import LossInModel


def has_own_compute_loss(model):
    method = getattr(type(model), "compute_loss", None)
    return method is not None and not is_kerass(method)


def compute_loss_of(judged):
    """The method as the loss of one output; None where the model's class has none of its own."""
    model, data = judged.model, judged.data
    if not has_own_compute_loss(model) or len(data.y) != 1:
        return None
    is_rebuilding = len(data.x) == 1 and is_same(data.x[0], data.y[0])
    plain = ComputeLoss(model, judged.graph, judged.tapes, is_rebuilding)
    if is_rebuilding or not reads_inputs(type(model).compute_loss):
        return plain
    return with_inputs(judged) or plain


def with_inputs(judged):
    """The method as a loss of targets beside which stands what it makes of the inputs; None where it makes nothing of them."""
    from .loss_of_inputs import LossOfInputs

    try:
        return LossOfInputs(judged.model, judged.graph, judged.tapes, judged.data)
    except traced.Untraceable as error:
        raise Refusal("own-loss", "computes its loss in compute_loss, which %s" % error)
    except Exception:
        return None


class ComputeLoss(LossInModel):
    """Calls the method with the targets and the predictions. `is_rebuilding` says that the targets are the inputs, which the
    method may then read as well."""

    def __init__(self, whole, model, tapes, is_rebuilding):
        self.whole, self.model, self.tapes, self.is_rebuilding = whole, model, tapes, is_rebuilding
        self.__name__ = "compute_loss of %s" % type(whole).__name__
        code = type(whole).compute_loss.__code__
        self.place = places.describe(code.co_filename, code.co_firstlineno)
        self.asks_penalties = False

    def __call__(self, targets, predictions):
        return self.of(targets if self.is_rebuilding else None, targets, predictions)

    def of(self, inputs, targets, predictions):
        """What the method gives for these."""
        given = {
            "x": inputs,
            "y": targets,
            "y_pred": predictions,
            "sample_weight": None,
            "training": True,
        }
        taken = inspect.signature(self.whole.compute_loss).parameters
        before, self.tapes.substitute = self.tapes.substitute, answered
        self.tapes.asked_penalties = False
        try:
            return self.whole.compute_loss(**{name: value for name, value in given.items() if name in taken})
        except traced.Untraceable:
            raise
        except Exception:
            if self.is_rebuilding or not reads_inputs(type(self.whole).compute_loss):
                raise
            raise traced.Untraceable(
                "reads the inputs of the model, where a loss of targets and predictions alone is known: ask a teacher before fit, "
                "and give its answers beside the targets"
            )
        finally:
            self.tapes.substitute = before
            self.asks_penalties = self.asks_penalties or self.tapes.asked_penalties


def reads_inputs(method):
    """Whether a method reads its argument x."""
    return any(one.argval == "x" and one.opname.startswith("LOAD") for one in dis.get_instructions(method))


def answered(model, original, positional, keywords):
    return original(model, *positional, **keywords)


def is_same(one, other):
    """Whether two arrays hold the same numbers."""
    import numpy as np

    return one is other or (one.shape == other.shape and bool(np.array_equal(one, other)))
