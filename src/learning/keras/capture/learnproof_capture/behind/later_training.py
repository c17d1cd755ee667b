"""Training calls behind the captured one, which return at once: whether they go on with it, take it up, or are others."""

from ..model.trainable_flags import TrainableFlags
from ..script import places
from ..tables.arrays import is_iterable_data
from . import answers
from .question import read_or_none


class LaterTraining:
    """`compiled` maps the id of a model to its last call of compile, `x` holds the inputs of the captured training, `calls` is its
    number among all training calls. `inputs` reads what a call is given as inputs of the captured model."""

    def __init__(self, known, compiled, x, inputs, calls):
        self.known, self.model = known, known.model
        self.compiled = compiled
        self.first_compiled = compiled.get(id(self.model))
        self.x, self.inputs = x, inputs
        self.calls = calls
        self.found = None
        self.found_model = None
        self.takes_turns = False
        trained = set(id(one) for one in self.model.trainable_weights)
        self.frozen = set(id(one) for one in self.model.weights) - trained
        self.flags = TrainableFlags(self.model)
        self.frozen_behind = None

    def see_call(self, model, place_of_captured):
        """Counts a call. Where the captured line trains again behind a training of another model that takes it up, as in a GAN, both are
        trained in turns, and neither is the later one."""
        self.calls += 1
        is_other = self.found_model is not None and self.found_model is not self.model
        if is_other and model is self.model and places.calling_place() == place_of_captured:
            self.takes_turns = True
            self.found = None

    def see_taking_up(self, model, x):
        """Notes the number and the place of a training that takes up what the captured one has learnt."""
        if not self.takes_turns and self.builds_on(model, x):
            self.found_model = model
            self.found = {"fit": self.calls, "place": places.calling_place(), "thaws": self.thaws(model)}

    def thaws(self, model):
        """Whether a later training trains weights that the captured one keeps frozen."""
        return any(id(one) in self.frozen for one in read_or_none(lambda: model.trainable_weights) or [])

    def see_frozen(self, model):
        """Notes layers that the script froze behind the captured training and trains on without compiling: Keras keeps to the flags
        that it read, and they move. Where another model was compiled of them, as in a GAN, the flags are meant for that one."""
        if model is not self.model or self.frozen_behind is not None or not self.goes_on(model):
            return
        others = [one for one, _, _ in self.compiled.values() if one is not model]
        if any(self.known.shares_weights(one) for one in others):
            return
        names = [layer.name for layer in self.flags.turned_off()]
        if names:
            self.frozen_behind = {"layers": names, "place": places.calling_place()}

    def goes_on(self, model):
        """Whether a model is trained as it was compiled for the captured training."""
        return self.compiled.get(id(model)) is self.first_compiled

    def trains_on(self, model, x):
        """Whether weights of the captured model are trained further on other rows: later answers are not those of the
        captured training."""
        if not self.known.shares_weights(model):
            return False
        xs = self.rows(x)
        return xs is None or not all(same_rows(one, other) for one, other in zip(xs, self.x))

    def rows(self, x):
        """The inputs that a call gives as tables; None where it gives none, or something that reading would use up."""
        return None if x is None or is_iterable_data(x) else read_or_none(self.inputs, x)

    def builds_on(self, model, x):
        """Whether a later training takes up what the captured one has learnt: its weights in another model, or compiled
        anew, or its answers as inputs."""
        if answers.stem_from_answers(x):
            return True
        if model is self.model:
            return not self.goes_on(model)
        return self.known.shares_weights(model)


def same_rows(array, other):
    """Whether arrays hold the same rows, of which a long one may have been cut."""
    import numpy as np

    return array is other or array.shape == other.shape and np.array_equal(array, other)
