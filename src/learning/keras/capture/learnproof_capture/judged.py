"""What is judged of a training call: its model, its loss and its rows, wherever the script has them."""

from .loop.own_step import refuse_own_step
from .loss.own_loss import own_loss_of
from .model import origins, program
from .model.lookups import lookups_of
from .model.ends import tensors_in_order
from .model.model_facts import names_of, orders_of
from .model.retold import retold
from .model.trainable_flags import as_trained
from .model.trained_outputs import trained_outputs, without_others
from .tables.fit_data import Data


class Judged:
    """`model` is that of the script, `graph` the part of it that is judged, `given` and `compiled` hold the arguments of fit and
    of compile. `loop` is a loop of tapes, which found its model and its loss itself; None for any other training."""

    def __init__(self, model, given, compiled, tapes, notes, loop=None):
        self.model, self.given, self.compiled = model, given, compiled
        self.tapes, self.notes, self.loop = tapes, notes, loop
        if loop is None:
            refuse_own_step(model)
        self.graph = model if loop is not None else retold(model, given)
        self.orders = orders_of(self.graph)
        self.lookups = lookups_of(self.graph, given.get("x"), self.orders[0])
        if self.lookups is not None:
            self.begin_behind_lookups()
        self.data = Data(self.given, self.orders, notes)
        self.own_loss = own_loss_of(self) if loop is None else None
        if self.own_loss is not None:
            self.take_own_loss()
        if loop is None:
            self.leave_out_outputs()
        self.data.fit_ranks(tensors_in_order(self.graph, "inputs") if origins.has_graph(self.graph) else [])

    def begin_behind_lookups(self):
        self.notes.add(self.lookups.says())
        self.given, self.graph = self.lookups.given(self.given), self.lookups.rest
        self.orders = (names_of(self.graph, "input_names"), self.orders[1])

    def take_own_loss(self):
        self.own_loss.give_targets(self.data)
        if self.own_loss.says() is not None:
            self.notes.add(self.own_loss.says())
        self.graph, self.compiled = self.own_loss.model, dict(self.compiled, loss=self.own_loss)

    def leave_out_outputs(self):
        """Leaves out the outputs that compile gives no loss to."""
        inputs, outputs = self.orders
        kept = trained_outputs(self.graph, self.compiled, outputs, self.data.y)
        if kept is None:
            return
        self.graph, self.compiled = without_others(self.graph, self.compiled, outputs, kept)
        self.data.keep_outputs(kept)
        self.orders = (inputs, [outputs[at] for at in kept])
        self.notes.add("compile gives no loss to some of the outputs, which are left out")

    def describe(self):
        """The description of the model, and the graph that it describes."""
        program.build(self.graph, self.data.x, self.data.keys)
        if self.loop is not None:
            return program.describe_model(self.graph, self.data.x, self.notes, self.data.keys)
        with as_trained(self.model):
            return program.describe_model(self.graph, self.data.x, self.notes, self.data.keys)

    def answers_alike(self):
        """Whether the script's model gives what is judged, and nothing else."""
        return self.own_loss is None or self.own_loss.answers_alike()

    def asks_penalties(self):
        """Whether what trains counts the penalties that layers add."""
        counted = self.loop if self.loop is not None else self.own_loss
        return counted is None or counted.asks_penalties

    def places(self):
        """Where the script says what layers say that were made here, by the id of each."""
        return {} if self.own_loss is None else self.own_loss.places()
