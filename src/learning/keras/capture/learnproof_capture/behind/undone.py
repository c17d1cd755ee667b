"""Takes targets back to the unit of the answers, where a script scales these before it compares them."""


def way_back(name, operands):
    """What undoes an operation of NumPy, one of whose operands, given as None, is the answers; None where nothing does."""
    import numpy as np

    if name in ONE_OPERAND and len(operands) == 1:
        return lambda targets: getattr(np, ONE_OPERAND[name])(targets)
    if name not in TWO_OPERANDS or len(operands) != 2 or not is_number(next(one for one in operands if one is not None)):
        return None
    at = 0 if operands[0] is None else 1
    undo, other = TWO_OPERANDS[name][at], np.asarray(operands[1 - at], dtype=float)
    return None if undo is None else lambda targets: undo(targets, fitting(other, targets))


# The function that undoes each, and what undoes it where the answers are the first operand and where they are the second.
ONE_OPERAND = {"exp": "log", "expm1": "log1p", "log": "exp", "log1p": "expm1", "sqrt": "square"}
TWO_OPERANDS = {
    "multiply": (lambda targets, other: targets / other, lambda targets, other: targets / other),
    "divide": (lambda targets, other: targets * other, None),
    "true_divide": (lambda targets, other: targets * other, None),
    "add": (lambda targets, other: targets - other, lambda targets, other: targets - other),
    "subtract": (lambda targets, other: targets + other, lambda targets, other: other - targets),
}


def is_number(value):
    import numpy as np

    return np.asarray(value).dtype.kind in "biuf"


def fitting(other, targets):
    """A number, one for each row, or one for each column, in the shape of the targets."""
    if other.size == 1:
        return float(other.reshape(-1)[0])
    if other.size == targets.size:
        return other.reshape(targets.shape)
    if targets.ndim == 2 and other.size == targets.shape[1]:
        return other.reshape(1, -1)
    raise ValueError("the numbers have no place in the targets")


def by_scaler(scaler):
    """What undoes the inverse of a scaler of scikit-learn that was fitted to one column."""

    def transform(targets):
        if targets.size != len(targets):
            raise ValueError("other columns went along")
        return scaler.transform(targets.reshape(-1, 1).astype(float))

    return transform


def by_names(names):
    """What finds the number of each name in a list of them."""
    import numpy as np

    numbers = {name: number for number, name in enumerate(np.asarray(names).tolist())}
    return lambda targets: np.array([numbers[one] for one in np.asarray(targets).reshape(-1).tolist()])


def undo(ways_back, targets):
    """The targets in the unit of the answers; None where they have none."""
    import numpy as np

    try:
        with np.errstate(all="ignore"):
            moved = targets.astype(float) if is_number(targets) else targets
            for back in reversed(ways_back):
                moved = back(moved)
    except (ValueError, KeyError):
        return None
    return moved.astype(np.float32) if np.isfinite(moved).all() else None
