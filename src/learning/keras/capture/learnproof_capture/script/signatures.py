"""Functions that stand for others."""

import inspect


def looking_like(original, called, name):
    """Keras reads the signatures of its functions: the new one says that it is the original's."""
    called.__name__ = name
    called.__doc__ = getattr(original, "__doc__", None)
    try:
        called.__signature__ = inspect.signature(original)
    except (TypeError, ValueError):
        pass
    return called
