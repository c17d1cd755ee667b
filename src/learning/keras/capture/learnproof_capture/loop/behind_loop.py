"""What a script asks of its model behind a loop of its own: the model is trained by then, and answers by itself."""

from ..behind import answers, tensors
from ..behind.answering import Answering
from ..behind.asked import GIVES_TARGETS, Asked
from ..behind.known_models import KnownModels, arrays_of
from ..behind.question import read_or_none
from ..behind.stand_ins import count
from ..model.model_facts import orders_of
from ..tables import vocabularies

# Where new rows come between the questions again and again, the script does not measure what it has trained.
MOST_TABLES = 200


class BehindLoop:
    """`answering` holds what was asked since the last step: each step makes another model of the one that was asked before."""

    def __init__(self):
        self.answering = None
        self.tables = None
        self.rows = -1
        self.made = 0

    def trains(self):
        self.answering = None

    def answer(self, loop, name, original, model, positional, given):
        """What the model of a loop answers, which remembers the question where it is one."""
        origin = read_or_none(self.asks, loop, name, model, positional, given)
        told = original(model, *positional, **given)
        if origin is None or name in GIVES_TARGETS:
            return told
        if name != "call":
            return answers.remember(told, origin)
        if hasattr(told, "numpy"):
            tensors.mark(told, answers.remember(told.numpy(), origin))
        return told

    def asks(self, loop, name, model, positional, given):
        """Notes a question; the origin of its answers, None where nothing is noted."""
        if not loop.calls or self.made > MOST_TABLES:
            return None
        if self.answering is None:
            self.begin(loop)
        x, y = (list(positional[:2]) + [None, None])[:2]
        x = given.get("x") if x is None else x
        if name == "call":
            return self.answering.note_call(model, x, bool(given.get("training")))
        y = (given.get("y") if y is None else y) if name in GIVES_TARGETS else None
        question = self.answering.note(name, model, x, y)
        return None if question is None else self.answering.origin(question, count(x))

    def begin(self, loop):
        if len(loop.rows) != self.rows:
            self.tables, self.rows, self.made = loop.tables(), len(loop.rows), self.made + 1
        xs, ys = self.tables
        orders = orders_of(loop.model)
        known = KnownModels(loop.model, arrays_of(loop.model))
        lists = read_or_none(vocabularies.of_script) or []
        self.answering = Answering(known, Asked(xs, ys, orders), xs, orders, lists, Unwatched())

    def save(self, folder):
        """Writes what was asked since the last step. Of another model that is built alike nobody knows here whether a script gave it
        the weights of the trained one, as an average of them."""
        if self.answering is not None and self.answering.asked.questions:
            self.answering.asked.save(folder, "end", False, None)


class Unwatched:
    """A loop has no rounds of calls of fit."""

    def asks(self, question, xs):
        pass
