"""What the call of a model of the script's own adds to the loss, as a function of the inputs and of what layers answer."""

from ..model import own_models, program, retold
from ..model.calls import arguments_of, fill, outputs_of
from ..model.origins import keras_of
from ..script import places


class AddedInCall:
    """The call told again as a graph, and the operations between its layers and what it adds. `answers` are the answers of
    layers that these read."""

    def __init__(self, model, xs, keys):
        keras = keras_of(model)
        program.build(model, xs, keys)
        symbols = [keras.Input(one.shape[1:], dtype=str(one.dtype), name="input_%d" % (at + 1)) for at, one in enumerate(xs)]
        added = []
        object.__setattr__(model, "add_loss", lambda loss: added.extend(program.listed(loss)))
        try:
            self.graph = retold.graph_of(model, own_models.arranged(symbols, keys), keras)
        finally:
            object.__delattr__(model, "add_loss")
        if own_models.unknown_to(model, self.graph) or own_models.left_out(model, self.graph):
            raise ValueError("its graph does not hold what it trains")
        # The call was told once as in training, and once as in evaluation.
        self.added = added[: len(added) // 2]
        self.nodes, self.answers = [], []
        self.name = type(model).__name__
        self.__name__ = "in the call of %s" % self.name
        code = type(model).call.__code__
        self.place = places.describe(code.co_filename, code.co_firstlineno)
        self.asks_penalties = True
        seen = {id(one) for one in self.graph.inputs}
        for one in self.added:
            self.walk(one, seen)

    def walk(self, symbol, seen):
        """Goes back from a symbol to the answers of layers; the operations that are met come in the order of their use."""
        if id(symbol) in seen:
            return
        seen.add(id(symbol))
        operation, at, _ = symbol._keras_history
        if hasattr(operation, "weights") and type(operation).__name__ != "TensorFlowOperation":
            self.answers.append(symbol)
            return
        node = operation._inbound_nodes[at]
        for one in node.input_tensors:
            self.walk(one, seen)
        if not any(node is other for other in self.nodes):
            self.nodes.append(node)

    def says(self):
        return "the call of %s adds the loss, which compares what it gives with its inputs: these are its targets" % self.name

    def loss_of(self, data, answers):
        """What the call adds, and what it gives."""
        import tensorflow as tf

        values = {id(one): value for one, value in zip([*self.graph.inputs, *self.answers], [*data, *answers])}
        for node in self.nodes:
            positional, named = arguments_of(node)
            operation = node.operation
            made = operation(*fill(list(positional), values), **fill(dict(named), values))
            values.update(zip(map(id, outputs_of(node)), tf.nest.flatten(made)))
        return tf.add_n([tf.reduce_sum(values[id(one)]) for one in self.added]), [values.get(id(one)) for one in self.graph.outputs]
