"""A step that calls several models, or one of several outputs, as one model: each answer that the loss compares with data is
an output with a loss of its own, and what the loss says of other answers is a penalty."""

from ..loss.open_shapes import OpenShapes
from ..loss.terms import Traced
from ..model.flat_layers import those_in_training
from ..model.origins import keras_of
from ..script import reasons
from ..script.ending import Refusal
from .answers_loss import AnswersLoss, compared_with_each_other
from .composite_model import classes_of, trains
from .tape_block import MANY, has_rows
from .tape_loss import TapeLoss, reduction_of


class Composite:
    """What is found of a step. `model` is the one model, `inputs` the places of its data, `losses` one for each output."""

    def __init__(self, block, step, tapes, factor, place):
        import tensorflow as tf

        self.block, self.step, self.tapes, self.factor = block, step, tapes, factor
        self.models = [model for model, _, _, _ in step.calls]
        self.structures = [answer for _, _, _, answer in step.calls]
        answers = [leaf for answer in self.structures for leaf in tf.nest.flatten(answer)]
        self.rows = int(tuple(answers[0].shape)[0])
        if any(not has_rows(one, self.rows) for one in answers):
            raise Refusal("own-loop", "calls models in one step that answer another number of rows" + MANY)
        self.name = TapeLoss.name_of(self, step)
        data = block.data(step.values, self.rows)
        self.names = list(data)
        try:
            self.traced = Traced(self.run, [tf.convert_to_tensor(one) for one in data.values()], answers)
        except Refusal:
            raise
        except Exception as error:
            refuse_acting(error)
            why = reasons.first_sentence(error)
            raise Refusal("own-loop", "calls several models in a step that cannot be computed for other data (%s)%s" % (why, MANY))
        self.together = compared_with_each_other(self.traced)
        if not self.together:
            self.sort_terms()
        fed = self.traced.reached([one for one in tf.nest.flatten(self.traced.takes) if tf.is_tensor(one)])
        # The same tensor may have several names.
        self.inputs = [self.names[at] for at in sorted(fed) if at < self.traced.data]
        self.trains = self.are_in_training()
        if self.together:
            self.outputs, self.penalties, self.losses = self.together, [], [AnswersLoss(self, self.together, place)]
        else:
            self.losses = [self.loss_of(answer, data, place) for answer in self.outputs]
        self.model = self.as_model()

    def rows_of(self, step):
        import tensorflow as tf

        return int(tuple(tf.nest.flatten(step.calls[0][3])[0].shape)[0])

    def inputs_of(self, step):
        """The rows that the models of another step are given."""
        data = self.block.data(step.values, self.rows_of(step))
        if any(place not in data for place in self.inputs):
            raise Refusal("own-loop", "reads other data in some steps than in others" + MANY)
        found = tuple(data[place] for place in self.inputs)
        return found if len(found) > 1 else found[0]

    def run(self, data, answers):
        """The loss, and the tensors that the models are given, where other data and answers stand in the places of these."""
        import tensorflow as tf

        left, takes = list(answers), []
        waiting = list(self.structures)

        def answer(_model, _original, positional, keywords):
            takes.append([list(positional[:1]), {name: one for name, one in keywords.items() if name != "training"}])
            structure = waiting.pop(0)
            count = len(tf.nest.flatten(structure))
            given, left[:count] = left[:count], []
            OpenShapes.seen(given[0])
            return tf.nest.pack_sequence_as(structure, given)

        self.tapes.substitute = answer
        try:
            loss = self.block.run(self.step.values, dict(zip(self.names, data)))[self.name]
        finally:
            self.tapes.substitute = None
        return loss if self.factor == 1 else self.factor * loss, takes

    def sort_terms(self):
        terms = [one for one in self.traced.terms if one.answers]
        compared = [one for one in terms if one.data]
        self.penalties = [one for one in terms if not one.data]
        if any(len(one.answers) > 1 for one in compared):
            raise Refusal(
                "own-loop",
                "compares %d answers of its models with the data in one term of its loss, which belongs to no output alone%s"
                % (max(len(one.answers) for one in compared), MANY),
            )
        self.by_answer = {}
        for one in compared:
            self.by_answer.setdefault(one.answers[0], []).append(one)
        self.outputs = sorted(self.by_answer)
        if not self.outputs:
            raise Refusal(
                "own-loop",
                "calls models in one step and compares none of their answers with data of the batch, nor with each other by slopes of "
                "all" + MANY,
            )

    def are_in_training(self):
        """Whether the models are called as in training; those that are not must compute alike."""
        said = [trains(positional, keywords) for _, positional, keywords, _ in self.step.calls]
        if any(said) and any(not one and those_in_training(model) for one, model in zip(said, self.models)):
            raise Refusal("own-loop", "calls some of its models with training=True and others without" + MANY)
        return any(said)

    def loss_of(self, answer, data, place):
        terms = self.by_answer[answer]
        used = sorted({at for term in terms for at in term.data})
        function = self.traced.sum_of(terms, used + [self.traced.data + answer])
        return TermLoss(self, function, [self.names[at] for at in used], data, place)

    def as_model(self):
        keras = keras_of(self.models[0])
        penalty = None
        if self.penalties:
            read = sorted({at for term in self.penalties for at in term.answers})
            penalty = (read, self.traced.sum_of(self.penalties, [self.traced.data + at for at in read]))
        return classes_of(keras)(self, penalty, [self.taken(one) for one in self.traced.takes])

    def taken(self, take):
        """What a call is given: the structure, and for each of its leaves the place of an input of the trace, a function of
        several such places, or what stands there for any data."""
        import tensorflow as tf

        leaves = []
        for one in tf.nest.flatten(take):
            places = sorted(self.traced.reached([one])) if tf.is_tensor(one) else []
            if len(places) == 1 and one.name == self.traced.feeds[places[0]].name:
                leaves.append((places[0], None, None))
            elif places:
                leaves.append((places, self.traced.function.prune([self.traced.feeds[at] for at in places], one), None))
            else:
                leaves.append((None, None, one))
        return take, leaves


def refuse_acting(error):
    """Refuses a block that makes numbers of Python of what its models answer, where TensorFlow says that it could not."""
    said = str(error).lower()
    if "to a numpy array" in said or "no attribute 'numpy'" in said:
        raise Refusal(
            "own-loop",
            "makes numbers of Python or NumPy of what its models answer within the tape, as where an agent acts by them: what it is "
            "trained on depends on what it does, and no law here judges that; let the loop write a trace with watch(), and judge "
            "that by npx learnproof judge trace.jsonl (docs/traces.md)",
        )


class TermLoss(TapeLoss):
    """The terms of a loss that compare one answer with data, as a function of targets and predictions."""

    def __init__(self, whole, function, used, data, place):
        import tensorflow as tf

        self.whole, self.function, self.block, self.place = whole, function, whole.block, place
        self.__name__ = "in the tape"
        self.reduction = reduction_of(whole.step)
        self.places = used
        self.shapes = [tuple(data[one].shape)[1:] for one in used]
        self.kinds = [tf.convert_to_tensor(data[one]).dtype for one in used]

    def compute(self, replaced, predictions):
        return self.function(*[replaced[place] for place in self.places], *predictions)

    def rows_of(self, step):
        return self.whole.rows_of(step)
