"""Functions whose arguments are changed before they see them."""

from .signatures import looking_like


def wrap(kind, name, rewrite):
    """Lets `rewrite` change the arguments before the class sees them."""
    original = kind.__dict__[name]
    if isinstance(original, staticmethod):
        original = original.__func__

    def wrapped(self, *positional, **keywords):
        positional, keywords = rewrite(positional, keywords)
        return original(self, *positional, **keywords)

    looking_like(original, wrapped, name)
    wrapped.is_learnproofs = True
    setattr(kind, name, staticmethod(wrapped) if name == "__new__" else wrapped)
