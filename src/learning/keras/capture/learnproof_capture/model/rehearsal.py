"""Calls the hooks of a callback of the script's own without training, to see which learning rate it sets in each epoch. A rate
that depends on how training goes cannot be told so, and is not told."""

import contextlib
import copy
import io
import random
import time
import types

from .model_facts import rate_of
from .origins import is_kerass
from .trainable_flags import TrainableFlags

MOST_EPOCHS = 5000
MOST_SECONDS = 3.0
RATE_NAMES = {"learning_rate", "lr", "_learning_rate"}
NEARLY = 1e-6
BATCH_HOOKS = ("on_batch_begin", "on_batch_end", "on_train_batch_begin", "on_train_batch_end")
HOOKS = ("on_train_begin", "on_epoch_begin", "on_epoch_end") + BATCH_HOOKS


class Unknowable(Exception):
    """A callback asks what only training tells."""


def rates_in(callback, model, epochs):
    """The learning rate of each epoch under a callback of the script's own; None where it sets none, or where that is not known."""
    optimizer = getattr(model, "optimizer", None)
    if optimizer is None or not isinstance(epochs, int) or not names_in(callback) & RATE_NAMES:
        return None
    flags, rate = TrainableFlags(model), rate_of(optimizer)
    try:
        with contextlib.redirect_stdout(io.StringIO()), without_draws():
            rates = run_through(double_of(callback, model), optimizer, min(epochs, MOST_EPOCHS))
    except Exception:
        return None
    finally:
        flags.put_back()
        put_back(optimizer, rate)
    return rates if rate is not None and any(abs(one - rate) > NEARLY * rate for one in rates) else None


def run_through(double, optimizer, epochs):
    began = time.monotonic()
    logs, rates = Logs(), []
    call(double, "on_train_begin", logs)
    for epoch in range(epochs):
        if time.monotonic() - began > MOST_SECONDS:
            raise Unknowable()
        call(double, "on_epoch_begin", epoch, logs)
        # A rate that is no number is one that a schedule sets.
        rates.append(float(rate_of(optimizer)))
        call(double, "on_epoch_end", epoch, logs)
    return rates


@contextlib.contextmanager
def without_draws():
    """What a callback draws leaves the generators of the script as they were."""
    import numpy

    python, numbers = random.getstate(), numpy.random.get_state()
    try:
        yield
    finally:
        random.setstate(python)
        numpy.random.set_state(numbers)


def call(double, hook, *given):
    function = getattr(double, hook, None)
    if function is not None and is_own(double, hook):
        function(*given)


def is_own(callback, hook):
    """Whether the script wrote the hook, as a method or as a function that it handed on."""
    if hook in vars(callback):
        return isinstance(vars(callback)[hook], (types.FunctionType, types.MethodType))
    return any(hook in vars(kind) for kind in own_kinds(callback))


def own_kinds(callback):
    """The classes of a callback that the script wrote, the most general first."""
    return [kind for kind in reversed(type(callback).__mro__) if not is_kerass(kind) and kind is not object]


def names_in(callback):
    """The names that the code of a callback's own methods and functions speaks of; none where a hook of batches speaks of a
    rate, since an epoch has no single one then."""
    functions = {
        name: value
        for kind in own_kinds(callback)
        for name, value in vars(kind).items()
        if isinstance(value, types.FunctionType) and name != "__init__"
    }
    handed = vars(callback).items()
    functions.update((name, value) for name, value in handed if name in HOOKS and isinstance(value, types.FunctionType))
    named = {name: names_of(function.__code__) for name, function in functions.items()}
    of_rates = RATE_NAMES | {name for name, names in named.items() if names & RATE_NAMES}
    if any(named[hook] & of_rates for hook in BATCH_HOOKS if hook in named):
        return set()
    return set().union(*named.values())


def names_of(code):
    found = set(code.co_names) | {one for one in code.co_consts if isinstance(one, str)}
    for inner in code.co_consts:
        if isinstance(inner, types.CodeType):
            found |= names_of(inner)
    return found


def double_of(callback, model):
    """A copy that keeps what it notes to itself."""
    double = copy.copy(callback)
    for name, value in list(vars(double).items()):
        if type(value) in (list, dict, set):
            setattr(double, name, copy.copy(value))
    stand_in = StandIn(model)
    try:
        double.set_model(stand_in)
    except Exception:
        double.model = stand_in
    return double


class StandIn:
    """A model of which nothing can be asked but its optimizer."""

    def __init__(self, model):
        self.__dict__["optimizer"] = model.optimizer

    def __getattr__(self, name):
        raise Unknowable(name)

    def __setattr__(self, name, value):
        raise Unknowable(name)


class Logs(dict):
    """Logs that can be written to, and of which the numbers cannot be read but to print them."""

    def __bool__(self):
        return True

    def get(self, name, other=None):
        return dict.get(self, name) if dict.__contains__(self, name) else Number()

    def __missing__(self, name):
        return Number()

    def __contains__(self, name):
        raise Unknowable(name)

    def __iter__(self):
        raise Unknowable()

    keys = values = items = __len__ = __iter__


class Number:
    """A number that only training tells: it can be printed and kept."""

    def __format__(self, how):
        return "?"

    def __repr__(self):
        return "?"

    def unknowable(self, *others):
        raise Unknowable()

    __bool__ = __float__ = __int__ = __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = unknowable
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = unknowable
    __array__ = __neg__ = __abs__ = __round__ = __pow__ = unknowable
    __hash__ = None


def put_back(optimizer, rate):
    for name in ("learning_rate", "lr"):
        held = getattr(optimizer, name, None)
        if rate is None or held is None:
            continue
        if hasattr(held, "assign"):
            held.assign(rate)
        else:
            setattr(optimizer, name, rate)
        return
