"""Tells losses apart that agree nearly everywhere: one breaks where the predictions are the targets, or where they are sure of a
class, and Keras's own does not."""

ROWS = 4
# Logits of a network that is sure: a power of e of them is no number in single precision.
SURE = 200


def breaks_at_targets(loss, shape, side):
    """Whether a loss, or its gradient, is no number where the predictions are the targets: a logarithm of 0 that nothing keeps
    away from it, or a root, which has no slope at 0. A sigmoid reaches 0 and 1 in single precision, and relu 0."""
    return any(not is_finite(loss, targets, targets) for targets in (bits(shape, side), bits(shape, side) * 0 + 0.5))


def breaks_where_sure(loss, candidate, probes, of_logits):
    """Whether a crossentropy is no number where the predictions are sure of a class, right or wrong, and Keras's own is one."""
    return any(not is_finite(loss, *sure) and is_finite(candidate, *sure) for sure in (made_sure(one, of_logits) for one in probes))


def made_sure(probe, of_logits):
    import numpy as np

    targets, predicted = probe
    if of_logits:
        return targets, (SURE * np.sign(predicted)).astype("float32")
    return targets, np.eye(predicted.shape[-1], dtype="float32")[predicted.argmax(axis=-1)]


def bits(shape, side):
    import numpy as np

    sides = (ROWS,) + tuple(side if one is None else int(one) for one in tuple(shape)[1:])
    last = sides[-1]
    # One 1 among zeros for several classes, and each in turn for a single number.
    rows = np.eye(last)[np.arange(int(np.prod(sides)) // last) % last] if last > 1 else np.arange(int(np.prod(sides))) % 2
    return rows.reshape(sides).astype("float32")


def is_finite(loss, targets, predicted):
    import numpy as np
    import tensorflow as tf

    predicted = tf.constant(predicted)
    with tf.GradientTape() as tape:
        tape.watch(predicted)
        answer = loss(tf.constant(targets), predicted)
    slopes = tape.gradient(answer, predicted)
    return bool(np.isfinite(np.asarray(answer)).all() and (slopes is None or np.isfinite(np.asarray(slopes)).all()))
