"""A layer that takes the targets as an input of the model, and adds the loss itself, as the guides of Keras call an endpoint: the
model that is judged ends before it, and what it adds is the loss."""

import inspect

from ..model import program, traced_calls
from ..model.calls import arguments_of, fill
from ..model.inlined import is_input, nodes_of, operation_of
from ..model.origins import has_graph, is_kerass, is_standard, keras_of
from ..script import places
from .loss_in_model import LossInModel


def endpoint_of(judged):
    """The endpoint of a model that is trained without a loss and without targets; None where there is none."""
    model = judged.graph
    if judged.compiled.get("loss") is not None or judged.data.y or judged.lookups is not None:
        return None
    if not has_graph(model) or not is_standard(model):
        return None
    nodes = [node for node in nodes_of(model) if not is_input(node)]
    for node in nodes:
        if is_kerass(type(operation_of(node))):
            continue
        symbols = program.listed(node.input_tensors)
        ends = [one for one in symbols if is_end(one, node, nodes, model)]
        others = [one for one in symbols if not any(one is end for end in ends)]
        if len(ends) == 1 and len(others) == 1:
            return Endpoint(model, node, ends[0], others[0])
    return None


def is_end(symbol, node, nodes, model):
    """Whether a tensor is an input of the model that nothing but this use of a layer takes."""
    is_given = any(symbol is one for one in model.inputs)
    takers = [one for one in nodes if any(symbol is other for other in program.listed(one.input_tensors))]
    return is_given and len(takers) == 1 and takers[0] is node


class Endpoint(LossInModel):
    def __init__(self, model, node, targets, predictions):
        self.layer, self.targets, self.predictions = operation_of(node), targets, predictions
        self.arguments = arguments_of(node)
        self.at = next(at for at, one in enumerate(model.inputs) if one is targets)
        inputs = [one for one in model.inputs if one is not targets]
        self.model = keras_of(model).Model(inputs if len(inputs) > 1 else inputs[0], predictions)
        self.__name__ = "in %s" % type(self.layer).__name__
        code = inspect.unwrap(type(self.layer).call).__code__
        self.place = places.describe(code.co_filename, code.co_firstlineno)

    def says(self):
        return "%s adds the loss from the targets that it is given; the network that is judged ends before it" % type(
            self.layer).__name__

    def give_targets(self, data):
        """Makes targets of what fit gives as an input."""
        data.y, data.x = [data.x[self.at]], without(data.x, self.at)
        if data.x_val:
            data.y_val, data.x_val = [data.x_val[self.at]], without(data.x_val, self.at)

    def answers_alike(self):
        """The script asks its model with the targets."""
        return False

    def __call__(self, targets, predictions):
        import tensorflow as tf

        traced_calls.clear_losses(self.layer)
        values = {id(self.targets): targets, id(self.predictions): predictions}
        positional, named = self.arguments
        self.layer(*fill(list(positional), values), **fill(dict(named), values))
        added = [tf.reduce_mean(one) for one in self.layer.losses]
        traced_calls.clear_losses(self.layer)
        return tf.add_n(added)


def without(arrays, at):
    return arrays[:at] + arrays[at + 1:]
