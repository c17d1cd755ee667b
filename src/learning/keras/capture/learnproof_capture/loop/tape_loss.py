"""The loss that a block of a GradientTape computes, as a function of targets and predictions."""

from ..loss import traced
from ..loss.open_shapes import OpenShapes
from ..script import reasons
from ..script.ending import Refusal
from ..tables import arrays
from .tape_block import MANY, is_data

NEAR = 1e-4


class TapeLoss:
    """Computes the block's loss for other targets and predictions; the call of the model gives the predictions."""

    def __init__(self, block, step, inputs, tapes, factor, place):
        import tensorflow as tf

        self.block = block
        self.tapes = tapes
        self.factor = factor
        self.place = place
        self.__name__ = "in the tape"
        self.values = step.values
        self.name = self.name_of(step)
        self.reduction = reduction_of(step)
        answer = step.calls[0][3]
        self.structure = answer
        self.outputs = tf.nest.flatten(answer)
        rows = tuple(self.outputs[0].shape)[0]
        data = block.data(step.values, rows)
        self.places = self.those_used(data)
        self.shapes = [tuple(data[place].shape)[1:] for place in self.places]
        self.kinds = [tf.convert_to_tensor(data[place]).dtype for place in self.places]

    def name_of(self, step):
        for name, value in step.values.items():
            if value is step.target:
                return name
        raise Refusal("own-loop", "takes the gradient of a loss that it computes outside the block of its tape" + MANY)

    def those_used(self, data):
        """The data of a batch on which the loss depends, beside the model's predictions."""
        import tensorflow as tf

        names = list(data)
        specs = [(with_open_rows(data[name]), tf.convert_to_tensor(data[name]).dtype.name) for name in names]
        outputs = [(with_open_rows(one), one.dtype.name) for one in self.outputs]

        def whole(*tensors):
            with OpenShapes(tensors[-1]):
                return self.compute(dict(zip(names, tensors)), list(tensors[len(names):]))

        try:
            graph = traced.trace(whole, specs + outputs)
        except traced.Untraceable as error:
            raise Refusal("own-loop", "has a loss in its tape that %s%s" % (error, MANY))
        except Exception as error:
            why = reasons.first_sentence(error)
            raise Refusal("own-loop", "has a tape that cannot be computed for other data (%s)%s" % (why, MANY))
        read = {name for node in graph["nodes"] for name in node["inputs"]}
        used = [name for name, part in zip(names, graph["inputs"]) if part["name"] in read]
        if not any(part["name"] in read for part in graph["inputs"][len(names):]):
            raise Refusal("own-loop", "has a loss in its tape that does not depend on what the model gives" + MANY)
        if len(self.outputs) > 1:
            raise Refusal("own-loop", "trains a model of %d outputs" % len(self.outputs) + MANY)
        if not used:
            refuse_other_rows(self.block, self.values, int(tuple(self.outputs[0].shape)[0]))
            raise Refusal("own-loop", "has a loss in its tape that depends on no targets of the batch" + MANY)
        # The same tensor may have several names.
        distinct = []
        for name in used:
            if not any(data[name] is data[other] for other in distinct):
                distinct.append(name)
        return distinct

    def compute(self, replaced, predictions):
        """The block's loss where these tensors stand in the places of its data and of the model's answer."""
        import tensorflow as tf

        def answer(*_call):
            return tf.nest.pack_sequence_as(self.structure, predictions)

        self.tapes.substitute = answer
        try:
            loss = self.block.run(self.values, replaced)[self.name]
        finally:
            self.tapes.substitute = None
        return loss if self.factor == 1 else self.factor * loss

    def __call__(self, targets, predictions):
        import tensorflow as tf

        given = self.divided(tf.convert_to_tensor(targets))
        with OpenShapes(predictions):
            return self.compute(dict(zip(self.places, given)), [predictions])

    def divided(self, targets):
        """The tensors of a batch, from the columns of one table where there are several."""
        import tensorflow as tf

        if len(self.places) == 1:
            own = (-1,) + self.shapes[0]
            is_same = targets.shape.rank == len(own)
            return [tf.cast(targets if is_same else tf.reshape(targets, own), self.kinds[0])]
        found, start = [], 0
        for shape, kind in zip(self.shapes, self.kinds):
            size = size_of(shape)
            part = tf.reshape(targets[:, start : start + size], (-1,) + shape)
            found.append(tf.cast(part, kind))
            start += size
        return found

    def rows_of(self, step):
        return len(arrays.to_array(step.calls[0][3], "the predictions"))

    def targets_of(self, step):
        """The targets of a step's batch; several tensors are put side by side in one table."""
        import numpy as np

        data = self.block.data(step.values, self.rows_of(step))
        missing = [place for place in self.places if place not in data]
        if missing:
            raise Refusal("own-loop", "reads other data in some steps than in others" + MANY)
        tables = [np.asarray(data[place]) for place in self.places]
        if len(tables) == 1:
            return tables[0]
        return np.concatenate([table.reshape(len(table), -1).astype("float32") for table in tables], axis=1)


def refuse_other_rows(block, values, rows):
    """Refuses a loss that compares some rows of an answer with targets of these alone."""
    import tensorflow as tf

    leaves = [leaf for name in block.names if name in values and is_data(values[name]) for leaf in tf.nest.flatten(values[name])]
    counts = {int(tuple(one.shape)[0]) for one in leaves if len(tuple(one.shape)) > 0} - {rows}
    if counts:
        raise Refusal(
            "own-loop",
            "gives its model %d rows at once, as all nodes of a graph, and compares the answers of %s of them with targets: which rows "
            "a batch has cannot be told%s" % (rows, max(counts), MANY),
        )


def reduction_of(step):
    """How a tape puts the numbers of its loss together: the gradient of several is that of their sum."""
    return "sum" if getattr(getattr(step.target, "shape", None), "rank", 0) else "auto"


def with_open_rows(tensor):
    return [None] + [int(side) for side in tuple(tensor.shape)[1:]]


def size_of(shape):
    size = 1
    for side in shape:
        size *= int(side)
    return size


def is_nothing(gradient):
    """Whether a step by this gradient is none."""
    import numpy as np
    import tensorflow as tf

    return gradient is None or not np.any(np.asarray(tf.convert_to_tensor(gradient)))


def change_of(step, pairs):
    """How the loop changes its gradients before it applies them: the clipping as an optimizer has it, and a factor."""
    import numpy as np

    known = [(gradient, step.gradients.get(id(variable))) for gradient, variable in pairs]
    # Zeros in the place of a gradient that the tape does not have change nothing, as the missing one would not.
    known = [(gradient, of_tape) for gradient, of_tape in known if of_tape is not None or not is_nothing(gradient)]
    if any(variable_of is None and gradient is not None for gradient, variable_of in known):
        raise Refusal("own-loop", "applies gradients that its tape did not compute" + MANY)
    changed = [(now, before) for now, before in known if now is not before]
    clips = {name: given for name, *given in step.clips}
    if len(clips) == 1:
        name, (positional, keywords) = next(iter(clips.items()))
        bound = positional[-1] if len(positional) > 1 else keywords.get("clip_norm", keywords.get("clip_value_max"))
        kind = {"clip_by_global_norm": "global_clipnorm", "clip_by_norm": "clipnorm", "clip_by_value": "clipvalue"}[name]
        return {kind: abs(float(bound))}, 1
    if not changed:
        return {}, 1
    pair = [np.concatenate([np.asarray(one).ravel() for one in side]) for side in zip(*changed)]
    if len(changed) == len([one for one in known if one[1] is not None]):
        length = float(np.dot(pair[1], pair[1]))
        factor = float(np.dot(pair[0], pair[1])) / length if length > 0 else 0
        if factor != 0 and np.abs(pair[0] - factor * pair[1]).max() <= NEAR * np.abs(pair[0]).max():
            return {}, factor
    raise Refusal("own-loop", "changes its gradients in a way of its own before it applies them" + MANY)
