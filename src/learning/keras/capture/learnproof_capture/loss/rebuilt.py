"""A model that compares what it gives with its own inputs by a loss that it adds itself, as variational autoencoders do: the
inputs are its targets, the terms that compare are its loss, and what it adds for other tensors alone is a penalty."""

import inspect

from ..loop.composite_model import penalty_of
from ..model import own_models, program, traced_calls
from ..model.calls import arguments_of, fill, outputs_of
from ..model.inlined import is_input, nodes_of, operation_of
from ..model.origins import has_graph, is_kerass, is_model, is_standard, keras_of
from ..script import places
from .added_in_call import AddedInCall
from .loss_in_model import LossInModel
from .own_compute_loss import ComputeLoss, has_own_compute_loss
from .terms import Traced


def rebuilt_of(judged):
    """What is found of a model that is trained without a loss of compile and without targets; None where nothing tells what
    its targets are."""
    model, graph, data = judged.model, judged.graph, judged.data
    if judged.compiled.get("loss") is not None or judged.lookups is not None or data.y or data.weights:
        return None
    if not has_graph(graph) or not is_standard(graph):
        return None if has_own_compute_loss(model) else of_call(model, data)
    ways = [OfMethod(model, graph, judged.tapes)] if has_own_compute_loss(model) else ends_of(graph)
    for way in ways:
        try:
            found = Rebuilt(graph, way)
        except Exception:
            continue
        if found.is_whole():
            return found
    return None


def of_call(model, data):
    try:
        way = AddedInCall(model, data.x, data.keys)
        found = Rebuilt(way.graph, way)
        own_models.keep_modes(way.graph, found.model)
        return found if found.is_whole() else None
    except Exception:
        return None


def ends_of(model):
    nodes = [node for node in nodes_of(model) if not is_input(node)]
    given = {id(one) for one in model.inputs}
    for node in nodes:
        taken = program.listed(node.input_tensors)
        if not is_kerass(type(operation_of(node))) and len(taken) > 1 and any(id(one) in given for one in taken):
            yield OfLayers(model, nodes, node)


class OfLayers:
    """A layer of the script's own that takes an input of the model beside other tensors, and what follows it. `answers` are the
    tensors that these take of the network before them."""

    def __init__(self, model, nodes, first):
        self.model, self.nodes = model, [first]
        made = {id(one) for one in outputs_of(first)}
        for node in nodes:
            if node is not first and any(id(one) in made for one in program.listed(node.input_tensors)):
                self.nodes.append(node)
                made.update(id(one) for one in outputs_of(node))
        inside = {id(one) for one in [*model.inputs, *(one for node in self.nodes for one in outputs_of(node))]}
        taken = [one for node in self.nodes for one in program.listed(node.input_tensors)]
        self.answers = list({id(one): one for one in taken if id(one) not in inside}.values())
        self.layers = [operation_of(node) for node in self.nodes]
        self.__name__ = "in %s" % type(self.layers[0]).__name__
        code = inspect.unwrap(type(self.layers[0]).call).__code__
        self.place = places.describe(code.co_filename, code.co_firstlineno)
        self.asks_penalties = True

    def says(self):
        return "%s adds the loss, which compares what it is given with the inputs of the model: these are its targets" % type(
            self.layers[0]).__name__

    def loss_of(self, data, answers):
        """What the layers add, and what the last of them gives."""
        import tensorflow as tf

        if any(getattr(one, "weights", None) for one in self.layers):
            raise ValueError("a layer that is left out has weights")
        values = {id(one): value for one, value in zip([*self.model.inputs, *self.answers], [*data, *answers])}
        added = []
        for node, layer in zip(self.nodes, self.layers):
            positional, named = arguments_of(node)
            clear_losses(layer)
            made = layer(*fill(list(positional), values), **fill(dict(named), values))
            added += [tf.reduce_sum(one) for one in getattr(layer, "losses", None) or []]
            clear_losses(layer)
            values.update(zip(map(id, outputs_of(node)), tf.nest.flatten(made)))
        return tf.add_n(added), [values[id(one)] for one in self.model.outputs]


def clear_losses(layer):
    if hasattr(layer, "weights"):
        traced_calls.clear_losses(layer)


class OfMethod:
    """The `compute_loss` of the model's class, which reads the inputs and the outputs."""

    def __init__(self, model, judged, tapes):
        self.judged, self.nodes, self.answers = judged, [], list(judged.outputs)
        self.method = ComputeLoss(model, judged, tapes, True)
        self.structure = model.output
        self.__name__, self.place = self.method.__name__, self.method.place

    @property
    def asks_penalties(self):
        return self.method.asks_penalties

    def says(self):
        return "%s compares an output with the inputs, which are its targets" % self.__name__

    def loss_of(self, data, answers):
        import tensorflow as tf

        given = list(data) if len(data) > 1 else data[0]
        return self.method.of(given, None, tf.nest.pack_sequence_as(self.structure, answers)), answers


class Rebuilt(LossInModel):
    """`model` ends with the tensor that is compared, `at` is the place of the input that it is compared with."""

    def __init__(self, whole, way):
        self.whole, self.way = whole, way
        self.__name__, self.place = way.__name__, way.place
        shown = [empty_like(one) for one in way.answers]
        self.traced = Traced(self.run, [empty_like(one) for one in whole.inputs], shown)
        terms = self.traced.terms
        compared = [one for one in terms if one.data]
        self.penalties = [one for one in terms if not one.data]
        # A term that compares several tensors with the inputs, or none, says of no tensor what it should be.
        (self.at,) = {at for one in compared for at in one.data}
        (self.answer,) = {at for one in compared for at in one.answers}
        self.function = self.traced.sum_of(compared, [self.at, self.traced.data + self.answer])
        self.model = self.as_model()

    def run(self, data, answers):
        loss, given = self.way.loss_of(data, answers)
        self.given_on = given
        self.shown = answers
        return loss, []

    def as_model(self):
        keras, inputs = keras_of(self.whole), list(self.whole.inputs)
        predictions = self.way.answers[self.answer]
        if self.penalties:
            read = sorted({at for term in self.penalties for at in term.answers})
            function = self.traced.sum_of(self.penalties, [self.traced.data + at for at in read])
            penalty = penalty_of(keras)(function, "penalty_of_the_loss")
            predictions = penalty([predictions, *[self.way.answers[at] for at in read]])
        return keras.Model(inputs if len(inputs) > 1 else inputs[0], predictions)

    def is_whole(self):
        """Whether the model that is judged keeps all that is trained, and compares tensors of one size."""
        sizes = [tuple(one.shape)[1:] for one in (self.whole.inputs[self.at], self.way.answers[self.answer])]
        held = {id(one) for one in self.model.trainable_weights}
        kept = {id(operation_of(node)) for node in [*nodes_of(self.model), *self.way.nodes]}
        left = [operation_of(node) for node in nodes_of(self.whole) if id(operation_of(node)) not in kept]
        adds = [one for one in left if not is_kerass(type(one)) or is_model(one) or getattr(one, "losses", None)]
        return sizes[0] == sizes[1] and all(id(one) in held for one in self.whole.trainable_weights) and not adds

    def answers_alike(self):
        """Whether the model of the script gives what is judged, and nothing else."""
        is_one = len(self.given_on) == 1 and self.given_on[0] is not None
        return is_one and source_of(self.given_on[0]) is source_of(self.shown[self.answer])

    def says(self):
        return self.way.says()

    @property
    def asks_penalties(self):
        return self.way.asks_penalties

    def places(self):
        """Where the script says what the layers say that were made here."""
        made = [one for one in self.model.layers if type(one).__name__ == "Penalty"]
        return {id(one): (one, self.place) for one in made}

    def give_targets(self, data):
        data.y = [data.x[self.at]]
        data.y_val = [data.x_val[self.at]] if data.x_val else []

    def __call__(self, targets, predictions):
        import tensorflow as tf

        kinds = [self.traced.feeds[place].dtype for place in (self.at, self.traced.data + self.answer)]
        return self.function(*[tf.cast(one, kind) for one, kind in zip((targets, predictions), kinds)])


def source_of(tensor):
    while tensor.op.type == "Identity":
        tensor = tensor.op.inputs[0]
    return tensor


def empty_like(symbol):
    import tensorflow as tf

    return tf.zeros([1, *tuple(symbol.shape)[1:]], getattr(symbol.dtype, "name", symbol.dtype))
