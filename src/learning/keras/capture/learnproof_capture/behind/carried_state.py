"""Sees whether a stateful network that begins each batch of training without a state is asked with the state that training
left behind."""

import os

from ..model.model_classes import replace
from ..script import places
from .asked import Asked

QUESTIONS = ("predict", "predict_on_batch", "evaluate", "test_on_batch")
ANSWERS = ("predict", "predict_on_batch")
# Answers that differ by less than this, over their spread, are the same for the script.
FAR = 0.02
# So many calls are asked a second time, without the state.
MOST_COMPARED = 5
# Of fewer calls, the spread of the answers is not known.
FEWEST_CALLS = 4


class CarriedState:
    def __init__(self):
        self.trains_on = 0
        self.asked = []
        self.is_asking = False

    def trained(self, model):
        """Called before each step of training: what was asked before it is no question about the trained model."""
        self.trains_on += has_state(model)
        self.asked = []

    def watch(self, keras, capture):
        for name in QUESTIONS:
            replace(keras, name, lambda original, name=name: self.answering(name, original, capture))

    def answering(self, name, original, capture):
        def called(model, *positional, **given):
            loop = capture.loops.loop
            is_own = loop is not None and loop.model is model and not capture.is_busy
            if not is_own or self.is_asking or not places.is_called_by_user():
                return original(model, *positional, **given)
            self.is_asking = True
            try:
                return self.answer(name, original, capture, model, positional, given)
            finally:
                self.is_asking = False

        return called

    def answer(self, name, original, capture, model, positional, given):
        def again():
            with capture.busy():
                return original(model, *positional, **given)

        begins = has_state(model)
        held = states_of(model)
        answers = original(model, *positional, **given)
        x = positional[0] if positional else given.get("x")
        difference = 0.0
        if begins and name in ANSWERS and len(self.asked) < MOST_COMPARED:
            difference = without_state(model, held, answers, again)
        self.asked.append((name, places.calling_place(), x, begins, difference))
        return answers

    def save(self, folder, data, orders):
        """Writes the first line that asks with a left state, where training begins without one in every step; whether there
        is one."""
        if self.trains_on or not self.asked or not self.asked[0][3]:
            return False
        name, place = self.asked[0][:2]
        calls = [one for one in self.asked if one[:2] == (name, place)]
        difference = max(one[4] for one in calls)
        if place is None or difference < FAR:
            return False
        asked = Asked(data.x, data.y, orders)
        question = asked.question(name, place)
        for _, _, x, _, _ in calls:
            question.add(asked.inputs(x), [])
        question.carried = {"calls": len(calls), "difference": difference}
        os.makedirs(folder, exist_ok=True)
        asked.save(folder, "end", False, None)
        return True


def stateful(model):
    layers = list(model._flatten_layers()) if hasattr(model, "_flatten_layers") else list(model.layers)
    return [one for one in layers if getattr(one, "stateful", False) and hasattr(one, "states")]


def variables_of(layer):
    return [one for one in flat(layer.states or []) if hasattr(one, "assign")]


def flat(states):
    return [one for part in states for one in flat(part)] if isinstance(states, (list, tuple)) else [states]


def states_of(model):
    import numpy as np

    return [[np.array(one) for one in variables_of(layer)] for layer in stateful(model)]


def has_state(model):
    return any(array.any() for layer in states_of(model) for array in layer)


def put(model, states):
    for layer, arrays in zip(stateful(model), states):
        for variable, array in zip(variables_of(layer), arrays):
            variable.assign(array)


def keeps_windows(model, trained, x, trained_x):
    """Whether a stateful model is asked about whole windows, such as training had, which carried no state from one to the next."""
    import numpy as np

    if model is trained or stateful(trained) or not stateful(model):
        return False
    shape, usual = np.shape(x), np.shape(trained_x[0])
    return len(trained_x) == 1 and len(shape) == 3 and shape[1:] == usual[1:] and shape[1] > 1


class Comparison:
    """Answers to windows, given behind one another, and those that are given without a state."""

    def __init__(self):
        self.given = []
        self.stateless = []

    def add(self, model, held, answers, ask):
        """Asks again without the state that the model had."""
        import numpy as np

        self.stateless.append(asked_without_state(model, held, ask))
        self.given.append(np.asarray(answers))

    def carried(self):
        """What a question says of it; None where the states change no answer by much of the spread."""
        import numpy as np

        if len(self.given) < FEWEST_CALLS:
            return None
        difference = difference_of(np.concatenate(self.given), np.concatenate(self.stateless))
        return {"calls": len(self.given), "difference": difference} if difference >= FAR else None


def without_state(model, held, answers, ask):
    """How far the answers differ from those without a state, over the spread of these."""
    import numpy as np

    try:
        return difference_of(np.asarray(answers), asked_without_state(model, held, ask))
    except Exception:
        return 0.0


def asked_without_state(model, held, ask):
    """The answers without the state that the model had. The states stay as they are."""
    import numpy as np

    after = states_of(model)
    put(model, [[array * 0 for array in layer] for layer in held])
    try:
        return np.asarray(ask())
    finally:
        put(model, after)


def difference_of(given, stateless):
    """How far answers differ from those without a state, over the spread of these; 0 where they have none."""
    import numpy as np

    spread = float(np.std(stateless))
    return float(np.sqrt(np.mean((given - stateless) ** 2))) / spread if spread > 0 else 0.0
