"""Traces a Python function to the operations of TensorFlow that it is made of."""

from .branches import BothBranches
from .graph import Reader, Untraceable
from .nodes import ASSIGNS

TENSORFLOW_ALONE = "can be traced only where Keras computes on TensorFlow; try KERAS_BACKEND=tensorflow"


def has_tensorflow(keras):
    try:
        return str(keras.backend.backend()) == "tensorflow"
    except Exception:
        return True


def trace(function, inputs, variables=(), is_converted=False, foreign=None):
    """The operations by which `function` computes its outputs from tensors.

    `inputs` are pairs of a shape, whose first side is the batch, and a dtype. `variables` are the weights that may be
    read or assigned; other variables that are read are put into `foreign`, if it is a list. `is_converted` lets TensorFlow translate Python's own loops and branches, as Keras 2 does.
    """
    import tensorflow as tf

    specs = [tf.TensorSpec(shape, dtype, name="x%d" % at) for at, (shape, dtype) in enumerate(inputs)]
    structure = {}

    def flat(*tensors):
        with BothBranches(ASSIGNS, Untraceable):
            answer = function(*tensors)
        structure["is_list"] = isinstance(answer, (list, tuple))
        listed = list(answer) if structure["is_list"] else [answer]
        return [tf.identity(tf.convert_to_tensor(one)) for one in listed]

    concrete = tf.function(flat, autograph=is_converted).get_concrete_function(*specs)
    return Reader(concrete, inputs, variables, foreign).read()
