"""Sees the steps of a loop that the script wrote itself: a GradientTape, a call of the model, an update."""

import functools
import operator

from . import accumulated, composite, places, tape_loss
from .composite_model import trains
from .ending import Refusal
from .rivals import against_each_other
from .signatures import looking_like
from .tape_block import MANY, Block


SEVERAL = (
    "opens several tapes in one step, as for slopes by the inputs or for models that are trained against each other; let the loop "
    "write a trace with watch(), and judge that by npx learnproof judge trace.jsonl (docs/traces.md)"
)


class Step:
    """What a step has done since it entered the block of its tape."""

    def __init__(self, tape, frame):
        self.tape = tape
        self.frame = frame
        self.line = frame.f_lineno
        self.calls = []
        self.target = None
        self.gradients = {}
        self.has_several_losses = False
        self.clips = []
        self.values = {}


class Tapes:
    """Watches the tapes that the script itself opens."""

    def __init__(self, capture):
        self.capture = capture
        self.step = None
        self.applied = None
        self.held = []
        self.depth = 0
        self.substitute = None
        self.asked_penalties = False
        self.unapplied = 0
        self.place = None

    def is_off(self):
        return self.capture.is_busy or self.substitute is not None

    def patch_tensorflow(self, tensorflow):
        """Called once TensorFlow has been loaded."""
        if not hasattr(tensorflow, "GradientTape") or not hasattr(tensorflow, "function"):
            return
        tape = tensorflow.GradientTape
        wrap(tape, "__enter__", self.enter)
        wrap(tape, "gradient", self.see_gradients)
        for name in ("clip_by_global_norm", "clip_by_norm", "clip_by_value"):
            wrap(tensorflow, name, functools.partial(self.see_clip, name))
        self.patch_function(tensorflow)

    def patch_function(self, tensorflow):
        """A step under tf.function runs step by step, as it would without: only then are its batches to be seen."""
        real = tensorflow.function

        def function(func=None, **keywords):
            if self.capture.is_busy or not places.is_called_by_user():
                return real(func, **keywords)
            if func is None:
                return lambda one: eager(one, functools.partial(real, **keywords), tensorflow)
            return eager(func, functools.partial(real, **keywords), tensorflow)

        tensorflow.function = looking_like(real, function, "function")

    def patch_keras(self, keras):
        wrap(keras.Model, "__call__", self.see_model)
        losses = keras.layers.Layer.losses
        tapes = self

        def seen(layer):
            if tapes.substitute is not None:
                import tensorflow as tf

                tapes.asked_penalties = True
                return [tf.constant(0.0)]
            return losses.fget(layer)

        for kind in (keras.layers.Layer, keras.Model):
            if "losses" in kind.__dict__:
                kind.losses = property(seen)

    def enter(self, original, tape, *positional, **keywords):
        answer = original(tape, *positional, **keywords)
        frame = places.calling_frame()
        if frame is not None and not self.is_off():
            if self.step is not None and self.step.frame is frame and not self.step.gradients:
                self.step.tape = None
            else:
                if self.step is not None and self.step.gradients and self.step.calls:
                    self.held = [*self.held[1 - accumulated.MOST_PARTS:], self.step]
                self.step = Step(tape, frame)
                self.place = self.place or places.calling_place()
        return answer

    def see_model(self, original, model, *positional, **keywords):
        if self.substitute is not None:
            return self.substitute(model, original, positional, keywords)
        if self.step is None or self.is_off() or self.depth > 0 or self.step.gradients:
            return original(model, *positional, **keywords)
        self.depth += 1
        try:
            answer = original(model, *positional, **keywords)
        finally:
            self.depth -= 1
        self.step.calls.append((model, positional, keywords, answer))
        return answer

    def see_gradients(self, original, tape, target, sources=None, *positional, **keywords):
        answer = original(tape, target, sources, *positional, **keywords)
        step = self.step
        if step is not None and not self.is_off() and places.is_called_by_user():
            is_other = bool(step.gradients) and target is not step.target
            step.has_several_losses = step.has_several_losses or is_other
            step.target = target
            listed = list(sources) if isinstance(sources, (list, tuple)) else [sources]
            results = list(answer) if isinstance(answer, (list, tuple)) else [answer]
            step.gradients.update({id(one): gradient for one, gradient in zip(listed, results)})
            step.values = dict(step.frame.f_globals, **step.frame.f_locals)
            self.unapplied += 1
        return answer

    def see_clip(self, name, original, *positional, **keywords):
        if self.step is not None and not self.is_off() and places.is_called_by_user():
            self.step.clips.append((name, positional, keywords))
        return original(*positional, **keywords)

    def see_updates(self, optimizer, pairs):
        """`pairs` holds gradients and the variables that they belong to."""
        step, self.step = self.step, None
        held, self.held = self.held, []
        self.unapplied = 0
        if step is None and self.applied is not None and pairs is not None and not self.is_off():
            self.capture.take_second(self.applied, optimizer, list(pairs))
            return
        self.applied = step
        if step is None or pairs is None or self.is_off() or not step.calls:
            return
        self.capture.take_step(accumulated.parts_of(held, step), optimizer, pairs)

    def why_nothing(self):
        """Why a loop that opens tapes trains nothing; None where there is none."""
        if self.unapplied == 0:
            return None
        return (
            "changes no weight: it computes gradients by a GradientTape and never applies them; call "
            "optimizer.apply_gradients(zip(gradients, model.trainable_variables)) after each"
        ), self.place


def wrap(owner, name, take):
    original = getattr(owner, name)

    def called(*positional, **keywords):
        return take(original, *positional, **keywords)

    setattr(owner, name, looking_like(original, called, name))


def eager(function, make, tensorflow):
    """The function itself where TensorFlow computes at once, and its graph elsewhere."""
    import numpy as np

    @functools.wraps(function)
    def called(*positional, **keywords):
        if not tensorflow.executing_eagerly():
            return graph()(*positional, **keywords)
        given = tensorflow.nest.map_structure(
            lambda one: tensorflow.convert_to_tensor(one) if isinstance(one, np.ndarray) else one,
            [positional, keywords],
        )
        return function(*given[0], **given[1])

    made = []

    def graph():
        if not made:
            made.append(make(function))
        return made[0]

    called.get_concrete_function = lambda *positional, **keywords: graph().get_concrete_function(*positional, **keywords)
    called.python_function = function
    return called


class TapeLoop:
    """What the first step shows of a loop: which model it trains, by which loss and which optimizer."""

    def __init__(self, parts, optimizer, pairs, tapes):
        step = parts[-1]
        if step.tape is None:
            raise Refusal("own-loop", SEVERAL)
        if step.has_several_losses:
            raise Refusal("own-loop", "takes the gradients of several losses in one step" + MANY)
        self.models = [model for model, _, _, _ in step.calls]
        self.optimizer = optimizer
        self.block = Block(step.frame.f_code.co_filename, step.line)
        self.code = step.frame.f_code
        self.place = places.describe(self.block.filename, self.block.line)
        self.updated = {id(variable) for _, variable in pairs}
        # None where the gradients of one batch alone are applied.
        self.of_the_sum = accumulated.factor_of(parts, pairs)
        self.parts = 1 if self.of_the_sum is None else len(parts)
        self.uneven = 0
        self.clip, self.factor = tape_loss.change_of(step, pairs) if self.of_the_sum is None else ({}, 1)
        self.composite = self.composite_of(step, tapes) if is_composite(step) else None
        if self.composite is not None:
            self.model, self.trains = self.composite.model, self.composite.trains
            self.losses = self.composite.losses
        else:
            self.model = self.models[0]
            self.trains = trains(*step.calls[0][1:3])
            self.losses = [tape_loss.TapeLoss(self.block, step, self.inputs(step), tapes, self.factor, self.place)]
        self.asks_penalties = tapes.asked_penalties
        if self.of_the_sum is not None:
            self.losses[0].factor = accumulated.share(self.losses[0], parts, self.of_the_sum)

    def composite_of(self, step, tapes):
        if self.of_the_sum is not None:
            raise Refusal("own-loop", "adds up the gradients of several batches, of several models or outputs" + MANY)
        return composite.Composite(self.block, step, tapes, self.factor, self.place)

    @property
    def loss(self):
        """What compile would be given."""
        return self.losses if len(self.losses) > 1 else self.losses[0]

    def inputs(self, step):
        return accumulated.inputs_of(step) if self.composite is None else self.composite.inputs_of(step)

    def targets(self, step):
        found = tuple(loss.targets_of(step) for loss in self.losses)
        return found if len(found) > 1 else found[0]

    def is_like(self, step):
        models = [model for model, _, _, _ in step.calls]
        return step.frame.f_code is self.code and len(models) == len(self.models) and all(map(operator.is_, models, self.models))

    def add_optimizer(self, optimizer, pairs):
        """Takes in a second update of a step, by an optimizer of the same settings."""
        others = {id(variable) for _, variable in pairs} - self.updated
        if others and settings_of(optimizer) != settings_of(self.optimizer):
            raise Refusal("own-loop", "updates its weights by optimizers of different settings; take one for all" + MANY)
        self.updated |= others

    def refuse_rival(self, step, pairs):
        """Refuses a step that trains other weights by what the model answers, as the generator of a GAN: neither is to win."""
        models = [model for model, _, _, _ in step.calls]
        shared = [model for model in models if any(model is own for own in self.models)]
        if not shared or any(id(variable) in self.updated for _, variable in pairs):
            return
        others = [model.name for model in models if not any(model is own for own in self.models)]
        raise against_each_other(others[0] if others else "other weights", shared[0].name)

    def batch(self, parts, pairs):
        """The rows of an update, as train_on_batch would get them."""
        if self.of_the_sum is None:
            return {"x": self.inputs(parts[-1]), "y": self.targets(parts[-1])}
        factor = accumulated.factor_of(parts, pairs)
        if factor is None or abs(factor - self.of_the_sum) > accumulated.NEAR * abs(factor):
            raise Refusal(
                "own-loop",
                "applies the sum of the gradients of %d batches at first, and of others later%s" % (self.parts, MANY),
            )
        self.uneven += len(parts) != self.parts
        inputs, targets = [self.inputs(part) for part in parts], [self.losses[0].targets_of(part) for part in parts]
        return {"x": accumulated.joined(inputs), "y": accumulated.joined(targets)}

    def says(self):
        """What the reader is told of batches that are taken together."""
        if self.of_the_sum is None:
            return []
        told = ["the loop adds up the gradients of %d batches before it applies them: they are taken as one" % self.parts]
        if self.uneven:
            told.append("%d of its updates add up another number of batches, and are taken as the others" % self.uneven)
        return told

    def layers_left(self):
        """Layers with trainable weights of which the loop updates none, or some."""
        left = []
        for layer in flat_layers(self.model):
            own = own_weights(layer)
            given = [id(one) in self.updated for one in own]
            if own and not any(given):
                left.append(layer)
            elif not all(given):
                raise Refusal(
                    "own-loop", "updates some of the weights of %s and not the others%s" % (layer.name, MANY)
                )
        return left


def is_composite(step):
    """Whether a step calls several models, one model several times, or one that gives several outputs."""
    import tensorflow as tf

    return len(step.calls) > 1 or len(tf.nest.flatten(step.calls[0][3])) > 1


def settings_of(optimizer):
    return type(optimizer), {name: str(one) for name, one in optimizer.get_config().items() if name != "name"}


# Layers that compute otherwise in training.
IN_TRAINING = ("Dropout", "BatchNormalization", "GaussianNoise", "Random")


def those_in_training(model):
    """The names of the layers that compute otherwise where the model is called with training=True."""
    found = [layer for layer in flat_layers(model) if any(word in type(layer).__name__ for word in IN_TRAINING)]
    return ", ".join(layer.name for layer in found)


def flat_layers(layer):
    inner = list(getattr(layer, "layers", None) or getattr(layer, "_layers", None) or [])
    inner = [one for one in inner if hasattr(one, "trainable_variables")]
    if not inner:
        yield layer
    for one in inner:
        for found in flat_layers(one):
            yield found


def own_weights(layer):
    return list(getattr(layer, "trainable_variables", []))
