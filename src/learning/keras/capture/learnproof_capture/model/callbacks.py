"""Callbacks: what they would do is described. One that the installed Keras does not take must not end the script."""

from ..script.reasons import first_sentence
from ..script.signatures import looking_like
from .rehearsal import rates_in


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


def described(given, epochs, rate, model):
    """Name and settings of each callback; of one that sets the learning rate, that of each epoch."""
    callbacks = given.get("callbacks") or []
    callbacks = callbacks if isinstance(callbacks, (list, tuple)) else [callbacks]
    return [{"class_name": type(one).__name__, "config": settings_of(one, epochs, rate, model)} for one in callbacks]


def files_of(given):
    """Where the callbacks save the model in training."""
    one_or_more = given.get("callbacks") or []
    listed = one_or_more if isinstance(one_or_more, (list, tuple)) else [one_or_more]
    return [one.filepath for one in listed if isinstance(getattr(one, "filepath", None), (str, bytes))]


def mark_loaded(written, given, loaded):
    """Marks the callbacks whose file the script loads into its model once it is trained."""
    one_or_more = given.get("callbacks") or []
    listed = one_or_more if isinstance(one_or_more, (list, tuple)) else [one_or_more]
    marked = False
    for one, told in zip(listed, written):
        if str(getattr(one, "filepath", "")) in loaded:
            told["config"]["loadedBack"] = marked = True
    return marked


NAMES = ("monitor", "patience", "min_delta", "factor", "min_lr", "restore_best_weights", "baseline", "cooldown",
         "start_from_epoch", "save_best_only")


def settings_of(callback, epochs, rate, model):
    settings = {name: getattr(callback, name, None) for name in NAMES}
    found = {name: value for name, value in settings.items() if is_simple(value)}
    found["mode"] = mode_of(callback)
    rates = rates_of(callback, epochs, rate) or rates_in(callback, model, epochs)
    return dict(found, rates=rates) if rates else found


def is_simple(value):
    return isinstance(value, (int, float, str, bool)) or type(value).__module__ == "numpy" and not getattr(value, "shape", 1)


def mode_of(callback):
    """Keras keeps a mode as a word, or as the function that compares."""
    word = getattr(callback, "mode", None)
    if word in ("min", "max"):
        return word
    compares = getattr(getattr(callback, "monitor_op", None), "__name__", "")
    return {"less": "min", "greater": "max"}.get(compares, "auto")


MOST_EPOCHS = 5000


def rates_of(callback, epochs, rate):
    """The rates that a LearningRateScheduler sets, epoch by epoch; None where it cannot be asked."""
    schedule = getattr(callback, "schedule", None)
    if type(callback).__name__ != "LearningRateScheduler" or not callable(schedule) or rate is None:
        return None
    rates = []
    try:
        for epoch in range(min(int(epochs), MOST_EPOCHS)):
            try:
                rate = schedule(epoch, rate)
            except TypeError:
                rate = schedule(epoch)
            rate = float(rate)
            rates.append(rate)
    except Exception:
        return None
    return rates
