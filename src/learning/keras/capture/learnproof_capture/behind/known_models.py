"""Which models a script has trained, loaded, or left as they were made, behind the captured training."""


class KnownModels:
    """`model` is the captured one. Its weights are marked as trained ones: a copy of them is told from a model made alike. `marks`
    are weights that it was trained to, where the script itself has trained it."""

    def __init__(self, model, marks=None):
        self.model = model
        self.trained = [model]
        # Models whose training calls returned at once.
        self.untaught = [model]
        # Models into which load_weights loaded no more than some layers, and what it left out.
        self.part_loaded = []
        self.marks = marked(model) if marks is None else marks

    def learns(self, model):
        self.trained.append(model)
        self.untaught.append(model)

    def is_given_weights(self, model):
        self.trained.append(model)

    def is_loaded_by_name(self, model, left, place):
        """`left` names the layers that stayed as they were."""
        self.part_loaded = [one for one in self.part_loaded if one[0] is not model]
        if left:
            self.part_loaded.append((model, {"layers": left, "place": place}))
        else:
            self.trained.append(model)

    def left_out(self, model):
        """The load by name that left layers of a model as they were; None where there was none."""
        return next((left for one, left in self.part_loaded if one is model), None)

    def is_trained(self, model):
        """Whether a model gives the answers of the captured one: it has its weights, or a copy of them."""
        if model is self.model or same_variables(model, self.model):
            return True
        weights = arrays_of(model)
        return alike(weights, self.marks) and all(equal(a, b) for a, b in zip(weights, self.marks))

    def is_untrained(self, model):
        """Whether a model is built like the captured one and was never trained: it has none of its weights, and none
        that were read or set."""
        weights = arrays_of(model)
        if any(model is one for one in self.trained) or not alike(weights, self.marks):
            return False
        if self.left_out(model):
            return True
        return not any(equal(a, b) for a, b in zip(weights, self.marks) if a.size > 1 and a.min() != a.max())

    def ends_untrained(self, model):
        """Whether a model is built like the last layers of the captured one, two of them or more, and was never trained, as where
        a decoder is built anew to be asked: it has no weight of any model that was."""
        weights, layers = arrays_of(model), [one for one in getattr(model, "layers", []) if one.weights]
        if len(layers) < 2 or len(weights) >= len(self.marks) or not alike(weights, self.marks[-len(weights):]):
            return False
        own = variables_of(model)
        if any(own & variables_of(one) for one in self.trained):
            return False
        return not any(equal(a, b) for a in weights for b in self.marks if a.size > 1 and a.min() != a.max())

    def lacks_training(self, model):
        """Whether a model has weights of one whose training was left out, or is built like it, so that its answers are
        stand-ins. Any other one, such as a base that was trained before, answers as it does in the script."""
        own = variables_of(model)
        if alike(arrays_of(model), self.marks) or self.is_trained(model) or any(one is model for one in self.untaught):
            return True
        return any(id(weight) in own for one in self.untaught for weight in one.weights)

    def is_given_rows(self, model):
        """Whether a model is a part of the captured one that is given its rows, such as an encoder: it has some of its weights, the
        first among them."""
        first = next((id(one) for one in self.model.weights), None)
        own, part = variables_of(self.model), variables_of(model)
        return first in part and part < own

    def shares_weights(self, model):
        return bool(variables_of(self.model) & variables_of(model))


def marked(model):
    """The weights of the model, each a little moved."""
    import numpy as np

    try:
        arrays = model.get_weights()
        model.set_weights([one * 1.001 + 1e-4 if one.dtype.kind == "f" else one for one in arrays])
        return [np.array(one) for one in model.get_weights()]
    except Exception:
        return []


def arrays_of(model):
    try:
        return model.get_weights() or []
    except Exception:
        return []


def variables_of(model):
    try:
        return set(id(one) for one in model.weights)
    except Exception:
        return set()


def same_variables(model, other):
    """Whether two models are made of the same weights and end in the same layer."""
    try:
        ends = model.layers[-1] is other.layers[-1]
        return ends and [id(one) for one in model.weights] == [id(one) for one in other.weights]
    except Exception:
        return False


def alike(weights, others):
    return len(weights) > 0 and [one.shape for one in weights] == [one.shape for one in others]


def equal(a, b):
    import numpy as np

    return np.array_equal(a, b)
