"""A train_step that the script wrote itself."""

from ..model import origins
from ..script.ending import Refusal


def has_own_step(model):
    step = getattr(type(model), "train_step", None)
    return step is not None and not origins.is_kerass(step)


def refuse_own_step(model):
    if has_own_step(model):
        raise Refusal(
            "own-train-step",
            "trains %s, whose train_step is code of its own, without a GradientTape that is seen; let a callback write a trace with "
            "watch(), and judge that by npx learnproof judge trace.jsonl (docs/traces.md)" % type(model).__name__,
        )
