"""A `compute_loss` that reads the inputs beside targets and predictions, as where a teacher is asked about them: what it makes
of the inputs alone is computed once for each row, and stands beside the targets."""

from ..model.own_models import arranged
from . import traced
from .own_compute_loss import ComputeLoss

ROWS = 256


class LossOfInputs(ComputeLoss):
    """`made` are the tensors of the graph that are made of inputs alone, and that the rest of the loss reads."""

    def __init__(self, whole, model, tapes, data):
        super().__init__(whole, model, tapes, False)
        self.keys = data.keys
        import tensorflow as tf

        self.count, self.y = len(data.x), data.y[0]
        shown = [with_open_rows(array.shape, array.dtype) for array in [*data.x, self.y]]
        answer = whole(arranged([array[:1] for array in data.x], data.keys))
        shown.append(with_open_rows(tuple(answer.shape), "float32"))
        self.function = tf.compat.v1.wrap_function(self.whole_of, shown)
        self.feeds = self.function.inputs[: len(shown)]
        self.made = self.cut()
        if not self.made:
            raise ValueError("nothing is made of the inputs")
        self.refuse_trained()
        self.shapes = [tuple(self.y.shape)[1:]] + [tuple(one.shape)[1:] for one in self.made]
        self.rest = self.function.prune([*self.made, *self.feeds[self.count:]], self.function.outputs[0])

    def whole_of(self, *tensors):
        import tensorflow as tf

        loss = self.of(arranged(list(tensors[: self.count]), self.keys), tensors[self.count], tensors[-1])
        return tf.convert_to_tensor(loss)

    def cut(self):
        """The tensors that inputs alone reach, where something takes them that targets or predictions reach too."""
        reached = {feed.op.name: {at} for at, feed in enumerate(self.feeds)}
        found = {}
        for operation in self.function.graph.get_operations():
            if operation.name in reached:
                continue
            each = [reached.get(one.op.name, set()) for one in operation.inputs]
            reached[operation.name] = set().union(*each)
            if not self.is_of_inputs(reached[operation.name]):
                cut = [one for one, places in zip(operation.inputs, each) if self.is_of_inputs(places)]
                found.update({one.name: one for one in cut} if reached[operation.name] else {})
        made = list(found.values())
        if any(one.shape.rank in (None, 0) or None in one.shape.as_list()[1:] or one.shape[0] is not None for one in made):
            raise ValueError("something is made of the inputs that has no row for each of them")
        return made

    def is_of_inputs(self, places):
        return bool(places) and max(places) < self.count

    def refuse_trained(self):
        """What is made of the inputs by weights that fit trains changes from step to step."""
        inside = {inner.name: outer for outer, inner in self.function.graph.captures}
        handles = [one.value.handle for one in self.whole.trainable_weights]
        waiting, seen = [one.op for one in self.made], set()
        while waiting:
            operation = waiting.pop()
            if operation.name in seen or operation.type == "StopGradient":
                continue
            seen.add(operation.name)
            given = [inside.get(one.name) for one in operation.inputs]
            if any(one is handle for one in given for handle in handles):
                raise traced.Untraceable(
                    "asks a network about the inputs whose weights fit trains as well: where it is a teacher, set its trainable to "
                    "False before compile, or wrap its answers in a stop_gradient"
                )
            waiting.extend(one.op for one in operation.inputs)

    def says(self):
        return "%s makes numbers of the inputs, as a teacher's answers: they stand beside the targets" % self.__name__

    def give_targets(self, data):
        data.y = [self.beside(data.x, data.y[0])]
        if data.x_val and data.y_val:
            data.y_val = [self.beside(data.x_val, data.y_val[0])]

    def beside(self, xs, y):
        """The targets, and what is made of the inputs, side by side in one table."""
        import numpy as np
        import tensorflow as tf

        make = self.function.prune(self.feeds[: self.count], self.made)
        kinds = [feed.dtype for feed in self.feeds]
        parts = [
            make(*[tf.cast(array[at : at + ROWS], kind) for array, kind in zip(xs, kinds)]) for at in range(0, len(y), ROWS)
        ]
        tables = [y] + [np.concatenate([np.asarray(one) for one in same]) for same in zip(*parts)]
        return np.concatenate([table.reshape(len(y), -1).astype("float32") for table in tables], axis=1)

    def __call__(self, targets, predictions):
        import tensorflow as tf

        found, start = [], 0
        kinds = [self.feeds[self.count].dtype] + [one.dtype for one in self.made]
        for shape, kind in zip(self.shapes, kinds):
            size = 1
            for side in shape:
                size *= int(side)
            part = tf.reshape(targets[:, start : start + size], (-1,) + shape)
            found.append(tf.cast(part, kind))
            start += size
        return self.rest(*found[1:], found[0], predictions)


def with_open_rows(shape, dtype):
    import tensorflow as tf

    kind = str(getattr(dtype, "name", dtype))
    return tf.TensorSpec([None, *[int(side) for side in tuple(shape)[1:]]], "float32" if kind == "float64" else kind)
