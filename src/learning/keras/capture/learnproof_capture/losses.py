"""Tells which loss of Keras a function of the script's own computes."""

from . import origins, places, reasons, traced

# Losses whose value says which they are, by the names of Keras's functions.
CANDIDATES = ("mean_squared_error", "mean_absolute_error", "binary_crossentropy", "categorical_crossentropy",
              "mean_absolute_percentage_error", "mean_squared_logarithmic_error", "log_cosh", "huber", "poisson",
              "kl_divergence", "hinge", "squared_hinge", "categorical_hinge", "cosine_similarity")
# Losses that take any number: they must agree far from each other, too, where pieces of a function differ.
OF_ANY_NUMBER = ("mean_squared_error", "mean_absolute_error", "log_cosh", "huber", "hinge", "squared_hinge",
                 "categorical_hinge", "cosine_similarity")
ROWS = 6
UNKNOWN_SIDE = 4
TOLERANCE = 1e-4
SEEDS = range(3)


def recognise(loss, keras, ends, notes):
    """The loss, or the names of Keras's losses in place of functions that give the same on random numbers, or else the
    operations that a function is made of. `ends` has the name and the shape of each output, and of its targets the
    shape and the dtype."""
    if isinstance(loss, dict):
        named = {end["name"]: end for end in ends}
        return {key: recognise(one, keras, [named.get(key, ends[0])] if ends else [], notes) for key, one in loss.items()}
    if isinstance(loss, (list, tuple)):
        return [recognise(one, keras, ends[at : at + 1], notes) for at, one in enumerate(loss)]
    if not is_own(loss) or not ends:
        return loss
    name = same_as(loss, keras, ends[0]["shape"])
    if name is None:
        every = [traced_loss(loss, keras, end) for end in ends]
        return every[0] if len(every) == 1 else every
    notes.add(
        "the script's own loss %s gives what %s gives on random numbers, and is read as that"
        % (getattr(loss, "__name__", type(loss).__name__), name)
    )
    return name


def is_own(loss):
    return callable(loss) and not origins.is_kerass(loss) and not origins.is_kerass(type(loss))


def traced_loss(loss, keras, end):
    """A loss of the script's own by the operations that it is made of, or by why it could not be traced."""
    name = getattr(loss, "__name__", None) or type(loss).__name__
    described = {"name": "a lambda" if name == "<lambda>" else name, "place": place_of(loss)}
    if not traced.has_tensorflow(keras):
        described["why"] = traced.TENSORFLOW_ALONE
        return {"class_name": "TracedLoss", "config": described}
    predicted, targets, dtype = end["shape"], end["targets"], end["dtype"]
    is_new = str(getattr(keras, "__version__", "2")).startswith("3")
    sides = [None] + list(targets[1:] or [1])
    is_sparse = len(predicted) > 1 and predicted[-1] not in (None, 1) and sides[-1] == 1 and len(sides) == len(predicted)
    is_sparse = is_sparse or (len(sides) == len(predicted) - 1 and len(predicted) > 2)
    inputs = [(sides, "float32" if is_new else dtype), ([None] + list(predicted[1:]), "float32")]
    try:
        described["graph"] = traced.trace(computed_by(loss), inputs, is_converted=not is_new)
        described["is_sparse"] = is_sparse
    except traced.Untraceable as error:
        described["why"] = str(error)
    except Exception as error:
        described["why"] = "could not be traced (%s)" % reasons.first_sentence(error)
    return {"class_name": "TracedLoss", "config": described}


# The ways to put the numbers of a loss together that give their mean.
MEANS = (None, "auto", "sum_over_batch_size", "mean")


def computed_by(loss):
    """The function that computes a loss before Keras averages it."""
    kind = getattr(loss, "call", None)
    if kind is None or not hasattr(loss, "reduction"):
        return loss
    reduction = getattr(loss.reduction, "value", loss.reduction)
    return kind if str(reduction) in [str(one) for one in MEANS] else loss


def place_of(loss):
    """Where the script defines a function or a class."""
    function = getattr(loss, "func", loss)
    if not hasattr(function, "__code__"):
        function = getattr(function, "python_function", None) or getattr(type(loss), "call", None)
    code = getattr(function, "__code__", None)
    if code is None or not places.is_users(code.co_filename):
        return None
    return places.describe(code.co_filename, code.co_firstlineno)


def same_as(loss, keras, shape):
    for name in CANDIDATES:
        kinds = ("shares", "bits", "wide") if name in OF_ANY_NUMBER else ("shares", "bits")
        probes = [probe(shape, seed, kind) for seed in SEEDS for kind in kinds]
        try:
            candidate = getattr(keras.losses, name)
            if all(is_near(value_of(candidate, keras, *one), value_of(loss, keras, *one)) for one in probes):
                return name
        except Exception:
            continue
    return None


def probe(shape, seed, kind):
    """Targets and predictions: between 0 and 1, which every loss takes, or of any size."""
    import numpy as np

    random = np.random.RandomState(seed)
    sides = (ROWS,) + tuple(UNKNOWN_SIDE if side is None else int(side) for side in tuple(shape)[1:])
    if kind == "wide":
        return random.normal(0, 4, sides).astype("float32"), random.normal(0, 4, sides).astype("float32")
    predicted = random.uniform(0.1, 0.9, sides)
    targets = random.uniform(0.1, 0.9, sides) if kind == "shares" else random.randint(0, 2, sides)
    return targets.astype("float32"), predicted.astype("float32")


def value_of(loss, keras, targets, predicted):
    import numpy as np

    ops = getattr(keras, "ops", None)
    if ops is not None:
        answer = ops.convert_to_numpy(loss(ops.convert_to_tensor(targets), ops.convert_to_tensor(predicted)))
    else:
        import tensorflow

        answer = loss(tensorflow.constant(targets), tensorflow.constant(predicted)).numpy()
    return float(np.mean(answer))


def is_near(one, other):
    return abs(one - other) <= TOLERANCE * max(abs(one), abs(other), 1e-3)
