"""Callbacks, which are not run: one that the installed Keras does not take must not end the script."""

from .reasons import first_sentence
from .signatures import looking_like


def make_tolerant(keras, notes):
    """A callback that cannot be made as the script writes it becomes one that does nothing."""
    base = keras.callbacks.Callback
    for name in dir(keras.callbacks):
        kind = getattr(keras.callbacks, name)
        if isinstance(kind, type) and issubclass(kind, base) and kind is not base and "__init__" in kind.__dict__:
            wrap(kind, base, notes)


def wrap(kind, base, notes):
    original = kind.__init__
    if getattr(original, "is_learnproofs", False):
        return

    def init(callback, *positional, **keywords):
        try:
            original(callback, *positional, **keywords)
        except (TypeError, ValueError, ImportError) as error:
            callback.__class__ = type(kind.__name__, (base,), {})
            base.__init__(callback)
            words = first_sentence(error)
            notes.add("%s is left out, since the installed Keras does not take it so (%s)" % (kind.__name__, words))

    looking_like(original, init, "__init__")
    init.is_learnproofs = True
    kind.__init__ = init
