"""Whether a script's own seed makes every epoch of a fit take the rows in the same order.

Keras 3 on TensorFlow shuffles the rows of arrays in a tf.data map. Each epoch makes its iterator anew, and under a global
seed of TensorFlow the generator within begins anew as well, so that every epoch repeats the order of the first."""

import sys

from ..model.model_facts import backend_of


class Sown:
    """Tells a seed of the script from the one that the capture sets before it, by the generator that TensorFlow makes for each."""

    def __init__(self):
        self.before = None

    def begin(self):
        """Called once the capture has set its seed."""
        self.before = generator()

    def repeats_order(self, keras, call, given, data):
        is_keras_3 = str(getattr(keras, "__version__", "")).startswith("3.") and backend_of(keras) == "tensorflow"
        own = generator()
        is_seeded = own is not None and own is not self.before
        return is_keras_3 and call == "fit" and data.is_table and given.get("steps_per_epoch") is None and is_seeded


def first_order(rows):
    """The places of so many rows in the order of an epoch, which Keras draws from the global seed and their number alone. None
    where this Keras draws it in another way."""
    import numpy as np

    try:
        from keras.src.trainers.data_adapters.array_data_adapter import ArrayDataAdapter

        batches = ArrayDataAdapter(np.arange(rows), batch_size=rows, shuffle=True).get_tf_dataset()
        order = np.concatenate([np.asarray(batch[0] if isinstance(batch, tuple) else batch) for batch in batches])
    except (ImportError, AttributeError, TypeError, ValueError):
        return None
    return order.astype("int32") if len(order) == rows else None


def generator():
    """The generator that TensorFlow's global seed made; None without one, or where nothing is known of it."""
    try:
        return sys.modules["tensorflow.python.eager.context"].context()._rng
    except (KeyError, AttributeError):
        return None
