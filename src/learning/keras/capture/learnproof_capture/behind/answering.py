"""Answers what the script asks of its models behind the training, from the first rows, and keeps the questions about the
captured one."""

from ..model.flat_layers import flat_layers
from ..script import places
from ..tables.arrays import Batches, is_iterable_data
from . import answers, carried_state
from .asked import ANSWERED, GIVES_TARGETS
from .pieces import Origin
from .question import read_or_none
from .stand_ins import count, fill, first

# A line is answered so often by the model itself.
MOST_ANSWERS = 10


class Answering:
    """`x` holds the inputs of the captured training, `orders` the names of its inputs and outputs, `lists` the vocabularies of the
    script, `rounds` is told of each question."""

    def __init__(self, known, asked, x, orders, lists, rounds):
        self.known, self.asked, self.x, self.orders, self.lists = known, asked, x, orders, lists
        self.rounds = rounds
        self.answers = {}
        self.own_asked = False
        # Whether any model is asked anything, such as one that shares layers with the captured one.
        self.asks = False
        self.is_over = False

    def answer(self, name, original, model, positional, given):
        """Answers from the first rows, and fills up: untrained answers are stand-ins."""
        x = positional[0] if positional else given.pop("x", given.pop("generator", given.pop("X", None)))
        y = positional[1] if name in GIVES_TARGETS and len(positional) > 1 else given.pop("y", None)
        kept = {one: value for one, value in given.items() if one == "return_dict"}
        if is_iterable_data(x):
            after_x = positional[1] if name.endswith("generator") and len(positional) > 1 else None
            steps = given.get("steps", after_x)
            columns = Batches(x, int(steps) if steps else None, self.orders).columns
            x, y = unlisted(columns[0]), unlisted(columns[1]) if columns[1] else None
        question = self.note(name, model, x, y)
        if name in GIVES_TARGETS:
            quiet = {} if name == "test_on_batch" else {"verbose": 0}
            evaluates = model.test_on_batch if name == "test_on_batch" else model.evaluate
            return evaluates(first(x), first(y), **dict(quiet, **kept))
        many = count(x)
        if self.known.lacks_training(model):
            told = self.told(name, original, model, x, question)
            filled = [fill(one, many) for one in told] if isinstance(told, list) else fill(told, many)
        else:
            filled = model.predict(x, verbose=0)
        if isinstance(filled, list):
            return filled
        if question is None:
            return answers.as_features(filled) if self.known.shares_weights(model) else filled
        return answers.remember(filled, self.origin(question, many))

    def origin(self, question, many):
        return Origin(question, many, self.fit_targets, question.calls - 1, None)

    def told(self, name, original, model, x, question):
        """What the model answers to the first rows; a loop that asks again and again gets one of its earlier answers."""
        key = (name, id(model), str(places.calling_place()))
        times, told = self.answers.get(key, (0, None))
        if times < MOST_ANSWERS:
            held = carried_state.states_of(model) if question is not None else []
            told = original(model, first(x)) if name == "predict_on_batch" else model.predict(first(x), verbose=0)
            if any(array.any() for layer in held for array in layer):
                read_or_none(self.compare, question, model, x, held, told)
        self.answers[key] = (times + 1, told)
        return told

    def compare(self, question, model, x, held, told):
        """Sees whether a state that another call left changes the answers about whole windows."""
        if not carried_state.keeps_windows(model, self.known.model, x, self.x):
            return
        question.comparison = question.comparison or carried_state.Comparison()
        question.comparison.add(model, held, told, lambda: model.predict(first(x), verbose=0))
        question.carried = question.comparison.carried()

    def fit_targets(self, targets):
        return read_or_none(self.asked.fit_target, targets, 0) if len(self.asked.targets) == 1 else None

    def note_call(self, model, x, in_training):
        """Notes a call of the model itself; the origin of its answers, None where nothing is noted. One as in training is a
        question about the trained model where batch normalisation then takes the statistics of the rows that are asked about. Where there is dropout, it may be left on to see how sure a model is."""
        layers = {type(one).__name__: one.name for one in flat_layers(model)} if in_training else {}
        if in_training and ("BatchNormalization" not in layers or any("Dropout" in kind for kind in layers)):
            return None
        question = self.note("call", model, x, None)
        if question is not None:
            question.is_evaluated = question.is_evaluated or not in_training
            question.in_training = None if question.is_evaluated else layers["BatchNormalization"]
        return None if question is None else self.origin(question, count(x))

    def note(self, name, model, x, y):
        """The question that the call adds to; None where another model is asked."""
        place = places.calling_place()
        self.asks = self.asks or place is not None
        if place is None or self.is_over:
            return None
        is_trained = self.known.is_trained(model)
        self.own_asked = self.own_asked or is_trained
        if self.known.ends_untrained(model):
            self.asked.note_untrained(name, place, [one[:ANSWERED] for one in self.x], is_part=True)
            return None
        is_part = not is_trained and self.known.is_given_rows(model)
        xs = read_or_none(self.asked.inputs, x) if is_trained or is_part or self.known.is_untrained(model) else None
        if xs is None:
            return None
        if is_part:
            self.note_rows(name, place, xs)
            return None
        if not is_trained:
            self.asked.note_untrained(name, place, xs, self.known.left_out(model))
            return None
        question = self.asked.question(name, place)
        if question is not None:
            question.add(xs, [] if y is None else read_or_none(self.asked.wanted, y, len(xs[0])) or [], self.x, self.lists)
            self.rounds.asks(question, xs)
        return question

    def note_rows(self, name, place, xs):
        """The rows that an encoder is given show how they were prepared; its answers are no answers of the captured model."""
        question = self.asked.question(name, place)
        if question is not None:
            question.add(xs, [], self.x, self.lists)


def unlisted(columns):
    return columns[0] if len(columns) == 1 else list(columns)
