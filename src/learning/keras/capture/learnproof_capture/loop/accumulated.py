"""Loops that add up the gradients of several batches before they apply them, which is a step on one larger batch."""

from ..script.ending import Refusal
from .tape_block import MANY

NEAR = 1e-4
# So many batches without an update are held; the sum over more is not known.
MOST_PARTS = 64


def parts_of(held, step):
    """The steps since the last update that computed gradients by the same code and model, the given one last."""
    alike = [
        one for one in held
        if one.frame.f_code is step.frame.f_code and one.line == step.line and len(one.calls) == 1
        and one.calls[0][0] is step.calls[0][0]
    ]
    return alike + [step]


def factor_of(parts, pairs):
    """By how much the sum of the gradients of these steps is multiplied; None where it is no such sum that is applied."""
    import numpy as np

    if len(parts) < 2 or any(part.clips for part in parts):
        return None
    if all(gradient is parts[-1].gradients.get(id(variable)) for gradient, variable in pairs):
        return None
    applied, summed = [], []
    for gradient, variable in pairs:
        own = [part.gradients.get(id(variable)) for part in parts]
        if gradient is None or any(one is None for one in own):
            if gradient is None and all(one is None for one in own):
                continue
            return None
        applied.append(flat(gradient))
        summed.append(np.sum([flat(one) for one in own], axis=0))
    return multiple(applied, summed) if applied else None


def flat(gradient):
    import numpy as np
    import tensorflow as tf

    return np.asarray(tf.convert_to_tensor(gradient), "float64").ravel()


def multiple(many, of):
    """The number that makes one list of arrays of the other; None where there is none."""
    import numpy as np

    left, right = np.concatenate(many), np.concatenate(of)
    length = float(np.dot(right, right))
    factor = float(np.dot(left, right)) / length if length > 0 else 0
    near = factor != 0 and np.abs(left - factor * right).max() <= NEAR * np.abs(left).max()
    return factor if near else None


def share(loss, parts, factor):
    """By how much the loss of the batches put together is multiplied, so that its gradients are the ones applied."""
    try:
        found = None if mixes_rows(parts) else share_of(loss, parts, factor)
    except (TypeError, ValueError):
        # Several outputs, or a loss that does not reach the predictions, have no slope to compare.
        found = None
    if found is None:
        raise Refusal(
            "own-loop",
            "adds up the gradients of %d batches, which differ from those of one larger batch%s" % (len(parts), MANY),
        )
    # The quotient of two gradients of float32 is exact to some 6 digits.
    return float("%.5g" % found)


def share_of(loss, parts, factor):
    import tensorflow as tf

    # A copy of the probabilities: Keras takes a crossentropy of the logits behind them, which it finds by the tensor itself.
    given = [(loss.targets_of(part), tf.identity(part.calls[0][3])) for part in parts]
    single = [slope(loss, targets, predictions) for targets, predictions in given]
    together = slope(loss, joined([targets for targets, _ in given]), joined([predicted for _, predicted in given]))
    return multiple([factor * flat(joined(single))], [flat(together)])


def slope(loss, targets, predictions):
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(predictions)
        value = (tf.reduce_sum if loss.reduction == "sum" else tf.reduce_mean)(loss(targets, predictions))
    return tf.convert_to_tensor(tape.gradient(value, predictions))


def joined(trees):
    """The rows of several batches as one."""
    import numpy as np
    import tensorflow as tf

    def together(*tables):
        arrays = [np.asarray(one) for one in tables]
        whole = np.concatenate(arrays)
        return tf.convert_to_tensor(whole) if tf.is_tensor(tables[0]) else whole

    return tf.nest.map_structure(together, *trees)


def mixes_rows(parts):
    """Whether the model gives a row another answer in another batch."""
    import numpy as np

    model, _, keywords, _ = parts[0].calls[0]
    if any("BatchNorm" in type(layer).__name__ and layer.trainable for layer in model._flatten_layers()):
        return True
    inputs = [inputs_of(part) for part in parts]
    apart = np.concatenate([np.asarray(model(one, training=False)) for one in inputs])
    together = np.asarray(model(joined(inputs), training=False))
    return not np.allclose(apart, together, rtol=1e-3, atol=1e-4)


def inputs_of(step):
    _, positional, keywords, _ = step.calls[0]
    return positional[0] if positional else keywords.get("inputs")
