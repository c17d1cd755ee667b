"""The constants of a traced graph, as JSON has them."""

from .nodes import Untraceable

MOST_NUMBERS = 1000000


class Constants:
    def __init__(self):
        self.numbers = 0

    def of(self, operation):
        """The table of an operation that is a constant."""
        import tensorflow as tf

        return self.table_of(tf.make_ndarray(operation.get_attr("value")))

    def table_of(self, array):
        import numpy as np

        if array.dtype.kind not in "fiub":
            # Words name devices and files, and no number depends on them.
            return {"shape": [], "values": [0], "dtype": "int32"}
        self.numbers += array.size
        if self.numbers > MOST_NUMBERS:
            raise Untraceable("holds more than %d constants" % MOST_NUMBERS)
        values = np.asarray(array, "float64").ravel()
        if not np.isfinite(values).all():
            values = [value if np.isfinite(value) else str(value) for value in values.tolist()]
        else:
            values = values.tolist()
        return {"shape": list(array.shape), "values": values, "dtype": str(array.dtype)}
