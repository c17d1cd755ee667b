"""Writes what TensorFlow computes for traced functions, for the comparison with learnproof's operations.

Usage: python reference.py FILE: writes to FILE for each function its graph, the inputs, the output, and the gradients of
the sum of output × weights by the inputs. Any Python with TensorFlow will do.
"""

import json
import os
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np  # noqa: E402
import tensorflow as tf  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "..", "..", "src", "learning", "keras", "capture"))
from learnproof_capture.loss import traced  # noqa: E402

nn, m = tf.nn, tf.math
EPSILON = 1e-7


def losses():
    """Losses as people write them: targets and predictions between 0 and 1, [4, 3]."""
    yield "rmse", lambda y, p: tf.sqrt(tf.reduce_mean(tf.square(p - y)))
    yield "weighted", lambda y, p: tf.reduce_mean(tf.where(y > 0.5, 5.0, 1.0) * tf.abs(y - p), axis=-1)
    yield "dice", lambda y, p: 1 - (2 * tf.reduce_sum(y * p) + 1) / (tf.reduce_sum(y) + tf.reduce_sum(p) + 1)
    yield "focal", lambda y, p: -tf.reduce_sum(y * tf.pow(1 - p, 2.0) * m.log(tf.clip_by_value(p, EPSILON, 1)), -1)
    yield "log-cosh", lambda y, p: tf.reduce_mean(m.log(m.cosh(p - y)), axis=-1)
    yield "quantile", lambda y, p: tf.reduce_mean(tf.maximum(0.9 * (y - p), -0.1 * (y - p)), axis=-1)
    yield "huber", lambda y, p: tf.where(tf.abs(y - p) < 0.3, tf.square(y - p) / 2, 0.3 * tf.abs(y - p) - 0.045)
    yield "pearson", lambda y, p: pearson(y, p)
    yield "broadcast", lambda y, p: tf.reduce_mean(tf.square(tf.reshape(y[:, 0], [-1]) - p[:, 1:2]))
    yield "cosine", lambda y, p: -tf.reduce_sum(nn.l2_normalize(y, -1) * nn.l2_normalize(p, -1), -1)
    yield "columns", lambda y, p: tf.square(y[:, 0] - p[:, 0]) + 2 * tf.abs(y[..., -1] - p[..., -1])
    yield "tversky", lambda y, p: 1 - tf.reduce_sum(y * p, 0) / (tf.reduce_sum(y * p + 0.7 * (1 - y) * p, 0) + 1e-3)
    yield "crossentropy", lambda y, p: nn.softmax_cross_entropy_with_logits(y, p)
    yield "sparse", lambda y, p: nn.sparse_softmax_cross_entropy_with_logits(tf.cast(y[:, 0] * 3, "int32"), p)
    yield "sigmoid logits", lambda y, p: tf.reduce_mean(nn.sigmoid_cross_entropy_with_logits(y, p), -1)
    yield "kl", lambda y, p: tf.reduce_sum(m.xlogy(y, y / p), -1)


def pearson(y, p):
    y, p = y - tf.reduce_mean(y), p - tf.reduce_mean(p)
    return 1 - tf.reduce_sum(y * p) / (tf.sqrt(tf.reduce_sum(y * y)) * tf.sqrt(tf.reduce_sum(p * p)) + EPSILON)


UNARY = """abs negative sign square sqrt exp expm1 log log1p sin cos tan asin acos atan sinh cosh tanh asinh atanh erf
sigmoid softplus softsign reciprocal rsqrt erfc""".split()
ACTIVATIONS = "relu relu6 elu selu leaky_relu swish gelu softmax log_softmax crelu".split()


def operations():
    for name in UNARY:
        yield name, lambda y, p, name=name: getattr(m, name)(p)
    for name in ACTIVATIONS:
        yield name, lambda y, p, name=name: getattr(nn, name)(p * 4 - 2)
    yield "acosh", lambda y, p: m.acosh(1 + p)
    yield "floor", lambda y, p: m.floor(p * 5) + m.ceil(p * 5) + tf.round(p * 5) * p
    yield "divide", lambda y, p: y / p + y // (p * 0.3) + m.floormod(y, 0.3) * p
    yield "divide by zero", lambda y, p: m.divide_no_nan(y, nn.relu(p - 0.5))
    yield "power", lambda y, p: p ** y
    yield "extremes", lambda y, p: tf.maximum(y, p) + 2 * tf.minimum(y, 0.5 * p)
    yield "broadcast both", lambda y, p: tf.reduce_mean(y[:, None] * p[None], 0) - m.squared_difference(y, p[:1])
    yield "compare", lambda y, p: tf.cast((y > p) | (y <= 0.2) & ~(p < 0.3), "float32") * p
    yield "reduce", lambda y, p: tf.reduce_max(p, -1) + tf.reduce_min(p, -1) + tf.reduce_prod(p, -1) + tf.norm(p, axis=-1)
    yield "ties", lambda y, p: tf.reduce_max(tf.stack([p, p, y - 2], 0), 0)
    yield "logsumexp", lambda y, p: tf.reduce_logsumexp(p * 3, axis=0) + m.reduce_std(p, axis=0)
    yield "cumulate", lambda y, p: tf.cumsum(p, axis=1, exclusive=True) + tf.cumsum(p, axis=0, reverse=True)
    yield "cumulate from the back", lambda y, p: tf.cumsum(p, axis=-2) * tf.cumsum(y, axis=-1, reverse=True)
    yield "argmax", lambda y, p: tf.gather(p, tf.argmax(y, axis=-1), axis=1, batch_dims=1)
    yield "one hot", lambda y, p: tf.one_hot(tf.cast(y[:, 0] * 3, "int32"), 3) * p
    yield "reshape", lambda y, p: tf.reshape(tf.transpose(p), [tf.shape(p)[1], -1])
    yield "split", lambda y, p: tf.concat(tf.split(p, 3, axis=1)[::-1], axis=1) + tf.stack(tf.unstack(y, axis=1), 1)
    yield "slice", lambda y, p: p[1:, ::-1] * p[:-1, :] + tf.slice(p, [0, 0], [3, 3])
    yield "pad", lambda y, p: tf.pad(p, [[0, 0], [1, 2]]) + tf.pad(y, [[0, 0], [1, 2]], "REFLECT")
    yield "tile", lambda y, p: tf.tile(p, [1, 2]) + tf.repeat(p, 2, axis=1)
    yield "squeeze", lambda y, p: tf.squeeze(tf.expand_dims(p, 1), axis=[1]) + tf.reverse(p, [1])
    yield "fill", lambda y, p: tf.ones_like(p) * p + tf.fill(tf.shape(p), 2.0) + tf.zeros(tf.shape(p))
    yield "range", lambda y, p: tf.cast(tf.range(tf.shape(p)[1]), "float32") * p
    yield "top", lambda y, p: nn.top_k(p, 2).values
    yield "band", lambda y, p: tf.linalg.band_part(p, 0, -1) * p
    yield "stop", lambda y, p: tf.stop_gradient(p) * p
    yield "matmul", lambda y, p: tf.matmul(p, y, transpose_b=True)
    yield "einsum", lambda y, p: tf.einsum("ij,kj->ik", p, y)
    yield "batch matmul", lambda y, p: tf.matmul(p[:, :, None], y[:, None, :])
    yield "select", lambda y, p: tf.where(y[:, :1] > 0.5, p, tf.square(p))
    yield "diagonals", lambda y, p: tf.reduce_sum(tf.linalg.diag(p) * y[:, None], 1) + tf.linalg.diag_part(p[:3]) * p[:1]
    yield "set diagonal", lambda y, p: tf.linalg.set_diag(y[:3], p[0]) * p[:3]
    yield "patches", lambda y, p: tf.image.extract_patches(image_of(p), [1, 2, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], "SAME")
    yield "roll", lambda y, p: tf.roll(p, 1, 1) * y + tf.roll(p, [-1, 2], [0, 1])
    yield "blocks", lambda y, p: tf.batch_to_space(tf.space_to_batch(image_of(p), [2, 1], [[1, 1], [0, 0]]) ** 2, [2, 1], [[1, 0], [0, 0]])
    yield "volume", lambda y, p: nn.conv3d(image_of(p)[None], tf.ones([2, 2, 1, 1, 2]), [1] * 5, "SAME") + nn.avg_pool3d(
        image_of(p)[None], [1, 1, 2, 2, 1], [1] * 5, "SAME"
    )
    yield "sparse within", lambda y, p: nn.sparse_softmax_cross_entropy_with_logits(tf.cast(y[:, 0] * 3, "int32"), tf.square(p))
    yield "branches", lambda y, p: tf.cond(tf.reduce_sum(p) > 3, lambda: p * 2, lambda: p + y)
    yield "tensordot", lambda y, p: tf.tensordot(p, y, 2) + p[:, :1]
    yield "depth to space", lambda y, p: nn.depth_to_space(tf.reshape(p, [1, 1, 3, 4]), 2) + nn.depth_to_space(
        nn.space_to_depth(tf.reshape(y, [1, 2, 6, 1]), 2), 2
    )
    yield "finite", lambda y, p: tf.where(m.is_finite(p) & ~m.is_nan(p), p, tf.zeros_like(p))
    yield "bicubic", lambda y, p: tf.image.resize(image_of(p), [7, 5], "bicubic") + tf.image.resize(image_of(p), [7, 5], "bicubic")[:, ::-1] * y[0, 0]
    yield "fourier", lambda y, p: m.real(tf.signal.rfft(p, [4])) * y + m.imag(tf.signal.rfft(tf.tile(p, [1, 2]), [6]))[:, :3] + tf.abs(tf.signal.rfft(p + y, [4]))


def image_of(p):
    """One picture of one colour."""
    return p[None, :, :, None]


def table(array):
    array = np.asarray(array, "float32")
    return {"shape": list(array.shape), "values": [float(f"{value:.7g}") for value in array.ravel()]}


def reference(name, function, random):
    y, p = (np.round(random.uniform(0.06, 0.94, [4, 3]), 3).astype("float32") for _ in range(2))
    graph = traced.trace(function, [([None, 3], "float32"), ([None, 3], "float32")])
    targets, predictions = tf.constant(y), tf.constant(p)
    with tf.GradientTape() as tape:
        tape.watch([targets, predictions])
        answer = function(targets, predictions)
        size = int(tf.size(answer))
        weights = tf.reshape(tf.cast(tf.range(1, size + 1), "float32") / size, tf.shape(answer))
        total = tf.reduce_sum(answer * weights)
    given = tape.gradient(total, [targets, predictions], unconnected_gradients="zero")
    gradients = [table(tf.convert_to_tensor(one)) for one in given]
    return {"name": name, "graph": graph, "inputs": [table(y), table(p)], "output": table(answer), "gradients": gradients}


def main(file):
    random = np.random.default_rng(7)
    cases = [reference(name, function, random) for name, function in [*losses(), *operations()]]
    with open(file, "w", encoding="utf-8") as out:
        out.write('{"tensorflow": "%s", "cases": [\n' % tf.__version__)
        out.write(",\n".join(json.dumps(case, separators=(",", ":")) for case in cases))
        out.write("\n]}\n")


if __name__ == "__main__":
    main(sys.argv[1])
