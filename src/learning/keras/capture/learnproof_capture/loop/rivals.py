"""Models that a script trains in turns, one of which is part of the other, as the two of a GAN."""

from ..script.ending import Refusal

ALONE = "; train the one that judges alone on a table of real and of made rows, or let the loop write a trace with watch(), and " \
        "judge that by npx learnproof judge trace.jsonl (docs/traces.md)"


class Rivals:
    def __init__(self):
        self.rival = None

    def trained(self, loop, model):
        """Refuses a loop of train_on_batch in which a model that holds the loop's own, or a part of it, is trained in turns
        with it. Where the loop's own has no weight to train, nothing moves it, whatever the other does."""
        if model is loop.model:
            if self.rival is not None:
                raise against_each_other(*self.rival)
            return
        own, other = (set(id(one) for one in each.weights) for each in (loop.model, model))
        if not loop.flags.trains or not own or not other:
            return
        if own < other:
            self.rival = (model.name, loop.model.name)
        elif other < own:
            self.rival = (loop.model.name, model.name)


def against_each_other(name, judge):
    """The refusal of models neither of which is to win."""
    return Refusal(
        "own-loop",
        "trains %s by what %s answers, and %s by itself: models that are trained against each other cannot be judged one by one%s"
        % (name, judge, judge, ALONE),
    )


def refuse_rivals(step):
    """Refuses a step whose tapes follow several losses of several models: the last model that is called judges what the others
    answer, and all are trained at once."""
    models = list({id(model): model for model, _, _, _ in step.calls}.values())
    judge = step.calls[-1][0]
    others = [one for one in models if one is not judge]
    if others:
        raise against_each_other(others[0].name, judge.name)
