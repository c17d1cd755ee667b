"""Tells which loss of Keras a function of the script's own computes."""

from ..model import origins
from ..script import places, reasons
from . import traced
from .edges import breaks_at_targets, breaks_where_sure
from .missing_targets import leaves_gaps_out

# Losses whose value says which they are, by the names of Keras's functions.
CANDIDATES = ("mean_squared_error", "mean_absolute_error", "binary_crossentropy", "categorical_crossentropy",
              "mean_absolute_percentage_error", "mean_squared_logarithmic_error", "log_cosh", "huber", "poisson",
              "kl_divergence", "hinge", "squared_hinge", "categorical_hinge", "cosine_similarity")
# Losses that take any number: they must agree far from each other, too, where pieces of a function differ.
OF_ANY_NUMBER = ("mean_squared_error", "mean_absolute_error", "log_cosh", "huber", "hinge", "squared_hinge",
                 "categorical_hinge", "cosine_similarity")
# Losses that take logarithms of the targets.
NEVER_BELOW_0 = ("mean_squared_logarithmic_error", "kl_divergence")
# Losses of Keras that learnproof computes by their operations.
TRACED = ("BinaryFocalCrossentropy", "binary_focal_crossentropy", "CategoricalFocalCrossentropy",
          "categorical_focal_crossentropy", "Dice", "dice", "Tversky", "tversky", "CategoricalGeneralizedCrossEntropy",
          "categorical_generalized_cross_entropy", "Circle", "circle", "CTC", "ctc")
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
    if not ends:
        return loss
    if not is_own(loss):
        unknown = without_counterpart(loss, keras)
        return loss if unknown is None else traced_for(unknown, keras, ends)
    shape = ends[0]["shape"]
    name = None if is_like_none(loss, keras, shape) else same_as(loss, keras, shape) or same_of_classes(loss, keras, ends[0])
    if name is None:
        return traced_for(loss, keras, ends)
    notes.add(
        "the script's own loss %s gives what %s gives on random numbers, and is read as that"
        % (getattr(loss, "__name__", type(loss).__name__), words_of(name))
    )
    return name


def traced_for(loss, keras, ends):
    every = [traced_loss(loss, keras, end) for end in ends]
    return every[0] if len(every) == 1 else every


def without_counterpart(loss, keras):
    """A loss of Keras that is computed by the operations that it is made of; None for those that learnproof knows."""
    try:
        found = keras.losses.get(loss) if isinstance(loss, str) else loss
        name = getattr(found, "__name__", type(found).__name__)
        return found if name in TRACED or has_odd_settings(found) else None
    except Exception:
        return None


def has_odd_settings(loss):
    """Whether a loss of Keras leaves out a class, goes along another axis than the last, or adds up what others average."""
    settings = dict(getattr(loss, "_fn_kwargs", None) or {}, **vars(loss)) if hasattr(loss, "reduction") else {}
    return bool(
        adds_up(loss)
        or settings.get("ignore_class") is not None
        or settings.get("axis") not in (None, -1, [-1], (-1,))
    )


def words_of(loss):
    """The name of a loss, and that it takes logits."""
    return loss if isinstance(loss, str) else "%s(from_logits=True)" % loss["class_name"]


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
    # Keras 2 makes a column of a row of numbers; a later Keras leaves it as it is.
    is_row = is_new and not targets[1:] and len(predicted) == 2 and predicted[-1] not in (None, 1)
    # It takes the last axis off a column of targets where the answers have none.
    is_flat = is_new and len(predicted) == 1 and list(targets[1:]) in ([], [1])
    sides = [None] if is_flat else [None] + list(targets[1:] or ([] if is_row else [1]))
    is_sparse = len(predicted) > 1 and predicted[-1] not in (None, 1) and sides[-1] == 1 and len(sides) == len(predicted)
    # A class number for each place of the answers.
    is_placed = len(predicted) > 2 and all(one in (None, other) or other is None for one, other in zip(sides, predicted))
    is_sparse = is_row or is_sparse or (is_placed and len(sides) == len(predicted) - 1)
    inputs = [(sides, "float32" if is_new else dtype), ([None] + list(predicted[1:]), "float32")]
    try:
        described["graph"] = traced.trace(computed_by(loss), inputs, is_converted=not is_new and not hasattr(loss, "place"))
        described["adds"] = adds_up(loss)
        if is_new and leaves_gaps_out(computed_by(loss), *(sides for sides, _ in inputs)):
            described["leaves_gaps_out"] = True
        described["is_sparse"] = is_sparse and reads_class_numbers(described["graph"])
    except traced.Untraceable as error:
        described["why"] = str(error)
    except Exception as error:
        described["why"] = "could not be traced (%s)" % reasons.first_sentence(error)
    return {"class_name": "TracedLoss", "config": described}


# Operations by which a loss looks up the number of a class.
OF_CLASS_NUMBERS = ("OneHot", "SparseSoftmaxCrossEntropyWithLogits", "GatherV2", "GatherNd", "ArgMax")


def reads_class_numbers(graph):
    """Whether a loss takes a single target for the number of a class: it may also ask several outputs of one number,
    such as a mean and a variance."""
    target = graph["inputs"][0]["name"]
    return any(
        node["op"] in OF_CLASS_NUMBERS
        or (node["op"] == "Cast" and target in node["inputs"] and str(node["attrs"].get("DstT", "")).startswith("int"))
        for node in graph["nodes"]
    )


# The ways to put the numbers of a loss together that give their sum: of those that are left as they are, Keras adds up the
# gradients.
SUMS = ("sum", "none")


def adds_up(loss):
    """Whether a loss is the sum of its numbers over a batch, where others are their mean."""
    reduction = "auto" if has_own_whole(loss) else getattr(loss, "reduction", "auto")
    return str(getattr(reduction, "value", reduction)).lower() in SUMS


def has_own_whole(loss):
    """Whether a class of the script's own computes the loss from end to end, so that nothing of Keras averages its numbers."""
    return hasattr(loss, "reduction") and hasattr(loss, "call") and not origins.is_kerass(getattr(type(loss), "__call__", None))


def computed_by(loss):
    """The function that computes a loss before Keras averages it, or adds it up."""
    if has_own_whole(loss):
        return loss
    kind = getattr(loss, "call", None)
    if getattr(loss, "ignore_class", None) is not None:
        # The mean goes over the examples that are not left out.
        return lambda targets, predictions: loss(targets, predictions)
    return kind if kind is not None and hasattr(loss, "reduction") else loss


def place_of(loss):
    """Where the script defines a function or a class."""
    if hasattr(loss, "place"):
        return loss.place
    function = getattr(loss, "func", loss)
    if not hasattr(function, "__code__"):
        function = getattr(function, "python_function", None) or getattr(type(loss), "call", None)
    code = getattr(function, "__code__", None)
    if code is None or not places.is_users(code.co_filename):
        return None
    return places.describe(code.co_filename, code.co_firstlineno)


def is_like_none(loss, keras, shape):
    """Whether a loss is none of Keras's, which average their numbers, and are NaN where targets are."""
    return adds_up(loss) or leaves_out_missing(loss, keras, shape)


def leaves_out_missing(loss, keras, shape):
    """Whether a loss has a value where targets are NaN, so that it is none of Keras's, which are NaN there."""
    import numpy as np

    targets, predicted = probe(shape, SEEDS[0], "shares")
    targets.reshape(-1)[:: max(2, targets.size // 3)] = np.nan
    try:
        return bool(np.isfinite(value_of(loss, keras, targets, predicted)).all())
    except Exception:
        return False


def same_as(loss, keras, shape):
    for name in CANDIDATES:
        kinds = ["shares", "bits"] + ["wide"] * (name in OF_ANY_NUMBER) + ["marks"] * (name not in NEVER_BELOW_0)
        probes = [probe(shape, seed, kind) for seed in SEEDS for kind in kinds]
        try:
            candidate = getattr(keras.losses, name)
            if all(is_near(value_of(candidate, keras, *one), value_of(loss, keras, *one)) for one in probes):
                return None if breaks_alone(loss, candidate, shape) else name
        except Exception:
            continue
    return None


def breaks_alone(loss, candidate, shape):
    """Whether a loss breaks where the predictions are the targets, and the one of Keras that it is like otherwise does not."""
    try:
        return breaks_at_targets(loss, shape, UNKNOWN_SIDE) and not breaks_at_targets(candidate, shape, UNKNOWN_SIDE)
    except Exception:
        return False


def with_logits(name):
    return {"class_name": name, "config": {"from_logits": True}}


def same_of_classes(loss, keras, end):
    """The crossentropy that a function computes of logits, or of the numbers of classes."""
    import numpy as np

    shape = end["shape"]
    if shape[-1] in (None, 1) and end["targets"][1:] not in ([], [1]):
        return None
    for name in ("BinaryCrossentropy", "CategoricalCrossentropy"):
        probes = [(probe(shape, seed, "bits")[0], 3 * probe(shape, seed, "wide")[1] / 4) for seed in SEEDS]
        if agree(loss, getattr(keras.losses, name, None), {"from_logits": True}, keras, probes):
            return with_logits(name)
    if shape[-1] in (None, 1):
        return None
    for settings in ({}, {"from_logits": True}):
        probes = []
        for seed in SEEDS:
            random = np.random.RandomState(seed)
            numbers = random.randint(0, shape[-1], (ROWS,) + tuple(UNKNOWN_SIDE if side is None else side for side in shape[1:-1]))
            predicted = probe(shape, seed, "wide" if settings else "shares")[1]
            predicted = predicted if settings else predicted / predicted.sum(-1, keepdims=True)
            probes.append((numbers.astype("int32"), predicted.astype("float32")))
        if agree(loss, getattr(keras.losses, "SparseCategoricalCrossentropy", None), settings, keras, probes):
            return with_logits("SparseCategoricalCrossentropy") if settings else "sparse_categorical_crossentropy"
    return None


def agree(loss, kind, settings, keras, probes):
    """Whether a function gives what a loss of Keras gives; it may throw on targets that it is not made for."""
    if kind is None:
        return False
    try:
        candidate = kind(**settings)
        is_like = all(is_near(value_of(candidate, keras, *one), value_of(loss, keras, *one)) for one in probes)
        return is_like and not breaks_where_sure(loss, candidate, probes, bool(settings))
    except Exception:
        return False


def probe(shape, seed, kind):
    """Targets and predictions: between 0 and 1, which every loss takes, or of any size."""
    import numpy as np

    random = np.random.RandomState(seed)
    sides = (ROWS,) + tuple(UNKNOWN_SIDE if side is None else int(side) for side in tuple(shape)[1:])
    if kind == "wide":
        return random.normal(0, 4, sides).astype("float32"), random.normal(0, 4, sides).astype("float32")
    predicted = random.uniform(0.1, 0.9, sides)
    if kind == "marks":
        # A loss may leave out targets that stand for nothing, such as -1.
        return random.choice([-1, 0, 1], sides).astype("float32"), predicted.astype("float32")
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
