"""Parts the loss of a step that calls several models into terms, by the graph that TensorFlow makes of it: terms that compare
an answer with data, and penalties, which read answers alone."""

from .open_shapes import OpenShapes

# Operations that give their only input on, and those of several inputs that a sum is made of.
PASSES = ("Identity", "StopGradient", "Cast", "Squeeze")
SUMS = ("AddV2", "Add", "AddN", "Sub")


class Traced:
    """The graph of a step whose models' answers are inputs. `run(data, answers)` gives its loss and what its models are
    given; `data` and `answers` are tensors that show shapes and kinds."""

    def __init__(self, run, data, answers):
        import tensorflow as tf

        self.data = len(data)
        specs = [tf.TensorSpec([None] + list(one.shape[1:]), one.dtype) for one in [*data, *answers]]
        self.takes = []

        def whole(*tensors):
            with OpenShapes(tensors[0]):
                loss, takes = run(list(tensors[: self.data]), list(tensors[self.data:]))
            self.takes = takes
            return tf.convert_to_tensor(loss)

        self.function = tf.compat.v1.wrap_function(whole, specs)
        self.feeds = self.function.inputs[: len(specs)]
        self.terms = [Term(self, *one) for one in self.split(self.function.outputs[0], ())]

    def split(self, tensor, outer):
        """The summands of a tensor, each with the functions that are applied to it in turn, the last one first."""
        import tensorflow as tf

        operation = tensor.op
        inputs = list(operation.inputs)
        if operation.type in PASSES and tensor.shape.rank == inputs[0].shape.rank:
            return self.split(inputs[0], outer)
        if operation.type in SUMS and all(str(one.shape) == str(tensor.shape) for one in inputs):
            signs = [None, tf.negative] if operation.type == "Sub" else [None] * len(inputs)
            parts = [self.split(one, outer + ((sign,) if sign else ())) for one, sign in zip(inputs, signs)]
            return [part for found in parts for part in found]
        if operation.type == "Neg":
            return self.split(inputs[0], outer + (tf.negative,))
        if operation.type in ("Mul", "RealDiv") and tensor.shape.rank == 0:
            free = [one for one in inputs if not self.reached([one])]
            bound = [one for one in inputs if self.reached([one])]
            if len(bound) == 1 and free and (operation.type == "Mul" or bound[0] is inputs[0]):
                apply = tf.multiply if operation.type == "Mul" else tf.divide
                return self.split(bound[0], outer + (lambda one, by=free[0]: apply(one, by),))
        if operation.type in ("Mean", "Sum") and inputs[0].shape.rank == 0:
            return self.split(inputs[0], outer)
        if operation.type in ("Mean", "Sum") and tensor.shape.rank == 0:
            apply = tf.reduce_mean if operation.type == "Mean" else tf.reduce_sum
            parts = self.split(inputs[0], outer + (apply,))
            if len(parts) > 1:
                return parts
        return [(tensor, outer)]

    def reached(self, tensors):
        """The places of the inputs on which tensors depend."""
        names = {feed.op.name: at for at, feed in enumerate(self.feeds)}
        waiting, seen, found = [one.op for one in tensors], set(), set()
        while waiting:
            operation = waiting.pop()
            if operation.name in seen:
                continue
            seen.add(operation.name)
            if operation.name in names:
                found.add(names[operation.name])
            waiting.extend(one.op for one in operation.inputs)
        return found

    def sum_of(self, terms, places):
        """The sum of terms as a function of the inputs at these places."""
        import tensorflow as tf

        with self.function.graph.as_default():
            total = tf.add_n([term.value() for term in terms])
        return self.function.prune([self.feeds[place] for place in places], total)


class Term:
    def __init__(self, traced, tensor, outer):
        reached = traced.reached([tensor])
        self.tensor, self.outer = tensor, outer
        self.data = sorted(place for place in reached if place < traced.data)
        self.answers = sorted(place - traced.data for place in reached if place >= traced.data)

    def value(self):
        value = self.tensor
        for apply in reversed(self.outer):
            value = apply(value)
        return value
