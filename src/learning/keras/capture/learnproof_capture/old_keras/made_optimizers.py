"""Sees how the script makes its optimizers, and where it applies gradients by them itself."""

from ..script import places
from ..script.signatures import looking_like

# The rates of Keras 1, where the installed one has others.
OLD_RATES = {"adadelta": 1.0, "adagrad": 0.01, "nadam": 0.002}


class MadeOptimizers:
    """`spellings` knows which version the script was written for."""

    def __init__(self, spellings, capture):
        self.spellings, self.capture = spellings, capture

    def patch(self, keras):
        base = keras.optimizers.Optimizer
        for name in dir(keras.optimizers):
            kind = getattr(keras.optimizers, name)
            if isinstance(kind, type) and issubclass(kind, base) and kind is not base and "__init__" in kind.__dict__:
                if not getattr(kind.__init__, "is_learnproofs", False):
                    self.wrap_optimizer(kind)

    def wrap_optimizer(self, kind):
        original = kind.__init__

        def init(optimizer, *positional, **keywords):
            given = dict(keywords)
            self.spellings.rename(given, {"lr": "learning_rate"})
            if given.get("epsilon", 0) is None:
                del given["epsilon"]
            given.pop("schedule_decay", None)
            if self.spellings.is_old and not positional and "learning_rate" not in given:
                rate = OLD_RATES.get(kind.__name__.lower())
                if rate is not None:
                    given["learning_rate"] = rate
            if self.spellings.version >= (2, 11) and "decay" in given:
                self.capture.decays[id(optimizer)] = float(given.pop("decay") or 0)
                self.spellings.renamed["decay"] = "a learning rate that falls as Keras 2 did it"
            self.capture.optimizer_places[id(optimizer)] = (optimizer, places.calling_place())
            original(optimizer, *positional, **given)

        for name in ("apply_gradients", "apply", "minimize"):
            if hasattr(kind, name):
                self.note_updates(kind, name)
        looking_like(original, init, "__init__")
        init.is_learnproofs = True
        kind.__init__ = init

    def note_updates(self, kind, name):
        """Remembers that the script applies gradients by itself."""
        original = getattr(kind, name)

        def called(optimizer, *positional, **keywords):
            if not self.capture.is_busy:
                pairs = None
                if name == "apply_gradients":
                    # A zip can be read once alone.
                    given = positional[0] if positional else keywords.pop("grads_and_vars")
                    pairs = list(given)
                    positional = (pairs,) + positional[1:]
                elif name == "apply" and len(positional) == 2:
                    pairs = list(zip(*positional))
                self.capture.watch.see_updates(pairs)
                self.capture.tapes.see_updates(optimizer, pairs)
            return original(optimizer, *positional, **keywords)

        looking_like(original, called, name)
        setattr(kind, name, called)
