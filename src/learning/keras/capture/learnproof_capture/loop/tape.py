"""Sees the steps of a loop that the script wrote itself: a GradientTape, a call of the model, an update."""

import functools

from ..script import places
from ..script.signatures import looking_like
from . import accumulated


class Step:
    """What a step has done since it entered the block of its tape."""

    def __init__(self, tape, frame):
        self.tape = tape
        self.frame = frame
        self.line = frame.f_lineno
        self.calls = []
        self.target = None
        self.gradients = {}
        self.sources = []
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
            if not self.is_off() and positional:
                self.capture.loops.agents.asks(positional[0])
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
            step.sources = step.sources + listed
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
            self.capture.loops.take_second(self.applied, optimizer, list(pairs))
            return
        self.applied = step
        if step is None or pairs is None or self.is_off() or not step.calls:
            return
        self.capture.loops.take_step(accumulated.parts_of(held, step), optimizer, pairs)

    def unapplied_steps(self):
        """The last steps of a loop whose gradients wait to be applied."""
        steps = self.held if self.step is None else [*self.held, self.step]
        return [one for one in steps if one.gradients and one.calls]

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
