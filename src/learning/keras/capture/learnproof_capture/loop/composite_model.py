"""The model that the steps of a loop make of several."""


from .tape_loss import size_of


def trains(positional, keywords):
    said = keywords.get("training", positional[1] if len(positional) > 1 else None)
    return said is not None and bool(said)


def penalty_of(keras):
    """The class of a layer that adds to the loss what a function says of tensors."""

    class Penalty(keras.layers.Layer):
        """Adds to the loss what it says of answers alone, and hands the first of its inputs on."""

        def __init__(self, function, name="penalty_of_the_step"):
            super().__init__(name=name)
            self.function = function

        def call(self, tensors):
            self.add_loss(self.function(*tensors[1:]))
            return tensors[0]

    return Penalty


def classes_of(keras):
    """The class of the composite model, made of the Keras that its models belong to."""

    Penalty = penalty_of(keras)

    class Between(keras.layers.Layer):
        """What the step computes between the calls of its models."""

        def __init__(self, function, number):
            super().__init__(name="between_%d" % number)
            self.function = function

        def call(self, tensors):
            return self.function(*tensors)

    class Beside(keras.layers.Layer):
        """Puts answers that are compared with each other side by side."""

        def call(self, tensors):
            import tensorflow as tf

            rows = tf.shape(tensors[0])[0]
            return tf.concat([tf.reshape(one, (rows, size_of(tuple(one.shape)[1:]))) for one in tensors], axis=1)

    class Step(keras.Model):
        def __init__(self, whole, penalty, takes):
            super().__init__(name="step")
            self.beside = Beside(name="answers_of_the_step") if whole.together else None
            self.parts = list({id(model): model for model in whole.models}.values())
            self.between = {}
            for call, (_, leaves) in enumerate(takes):
                for leaf, (_, function, _) in enumerate(leaves):
                    if function is not None:
                        self.between["%d/%d" % (call, leaf)] = Between(function, len(self.between))
            object.__setattr__(self, "whole", whole)
            object.__setattr__(self, "takes", takes)
            names = [part.name for part in self.parts]
            told = "the steps of the loop compute with %s: what they answer is judged as one model" % " and ".join(names)
            object.__setattr__(self, "learnproof_says", told)
            self.read = list(penalty[0]) if penalty else []
            self.penalty = Penalty(penalty[1]) if penalty else None

        def call(self, inputs, training=None):
            import tensorflow as tf

            whole = self.whole
            given = list(inputs) if isinstance(inputs, (list, tuple)) else [inputs]
            known = dict(zip(map(whole.names.index, whole.inputs), given))
            answers = []
            for number, (model, call, (take, leaves)) in enumerate(zip(whole.models, whole.step.calls, self.takes)):
                filled = [self.leaf(number, at, one, known) for at, one in enumerate(leaves)]
                positional, keywords = tf.nest.pack_sequence_as(take, filled)
                if trains(*call[1:3]):
                    keywords = dict(keywords, training=training)
                for one in tf.nest.flatten(model(*positional, **keywords)):
                    known[whole.traced.data + len(answers)] = one
                    answers.append(one)
            outputs = [answers[at] for at in whole.outputs]
            if self.beside is not None:
                return self.beside(outputs)
            if self.penalty is not None:
                outputs[0] = self.penalty([outputs[0], *[answers[at] for at in self.read]])
            return outputs if len(outputs) > 1 else outputs[0]

        def leaf(self, call, number, described, known):
            place, function, constant = described
            if function is not None:
                return self.between["%d/%d" % (call, number)]([known[at] for at in place])
            return constant if place is None else known[place]

    return Step
