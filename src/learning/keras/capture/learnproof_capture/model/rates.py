"""Learning rates that code of the script's own gives, or a schedule of Keras without a counterpart, as a table of numbers."""

from .origins import is_kerass

# Schedules of Keras that are computed by their formulas.
KNOWN = ("ExponentialDecay", "InverseTimeDecay", "PolynomialDecay", "CosineDecay", "PiecewiseConstantDecay")
# A check makes no more steps than this. The rates of the first steps are all asked for, later ones at even distances.
MOST_STEPS = 20000
ALL_OF_THE_FIRST = 1000
MOST_ASKED = 3000
MOST_PIECES = 900


def table_of(optimizer, steps):
    """The rates of an optimizer's schedule as Keras would write a schedule down; None where its formula is known."""
    schedule = getattr(optimizer, "_learning_rate", None)
    if not callable(schedule) or not hasattr(schedule, "get_config") or has_formula(schedule):
        return None
    asked = asked_steps(min(steps, MOST_STEPS))
    rates = rates_at(schedule, asked)
    return rates and {
        "class_name": "RateTable",
        "config": dict(zip(("boundaries", "values"), pieces_of(asked, rates)), name=type(schedule).__name__),
    }


def has_formula(schedule):
    kind = type(schedule)
    if not is_kerass(kind) or kind.__name__ not in KNOWN:
        return False
    warms_up = getattr(schedule, "warmup_target", None) is not None
    return not getattr(schedule, "cycle", False) and not (warms_up and schedule.initial_learning_rate != 0)


def asked_steps(steps):
    if steps <= MOST_ASKED:
        return list(range(max(1, steps)))
    stride = -(-(steps - ALL_OF_THE_FIRST) // (MOST_ASKED - ALL_OF_THE_FIRST))
    return list(range(ALL_OF_THE_FIRST)) + list(range(ALL_OF_THE_FIRST, steps, stride))


def rates_at(schedule, steps):
    import numpy as np
    import tensorflow as tf

    try:
        rates = [float(np.asarray(schedule(tf.constant(step, tf.int64)))) for step in steps]
    except Exception:
        return None
    return rates if np.isfinite(rates).all() else None


def pieces_of(steps, rates):
    """The last step of each piece but the last, and the rate of each piece: as many pieces as can be, or as are needed."""
    span, tolerance = max(rates) - min(rates), 0.0
    while True:
        last, values = merged(steps, rates, tolerance)
        if len(values) <= MOST_PIECES:
            return last, values
        tolerance = 2 * tolerance or span / 4096


def merged(steps, rates, tolerance):
    """Puts neighbours together whose rates differ by no more than the tolerance; each piece has the mean of its own."""
    last, values, piece = [], [], []
    for at, rate in enumerate(rates):
        if piece and max(piece + [rate]) - min(piece + [rate]) > tolerance:
            last.append(steps[at] - 1)
            values.append(sum(piece) / len(piece))
            piece = []
        piece.append(rate)
    return last, values + [sum(piece) / len(piece)]
