"""A loop of tapes that the script wrote itself, as its first step shows it."""

import operator

from ..model.flat_layers import flat_layers, own_weights, those_in_training
from ..script import places
from ..script.ending import Refusal
from . import accumulated, composite, tape_loss
from .composite_model import trains
from .rivals import against_each_other, refuse_rivals
from .tape_block import MANY, Block

SEVERAL = (
    "opens several tapes in one step, as for slopes by the inputs or for models that are trained against each other; let the loop "
    "write a trace with watch(), and judge that by npx learnproof judge trace.jsonl (docs/traces.md)"
)


class TapeLoop:
    """What the first step shows of a loop: which model it trains, by which loss and which optimizer."""

    def __init__(self, parts, optimizer, pairs, tapes):
        step = parts[-1]
        if step.has_several_losses and step.tape is None:
            refuse_rivals(step)
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
        self.left = []
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

    @property
    def compiled(self):
        """What compile would be given."""
        loss = self.losses if len(self.losses) > 1 else self.losses[0]
        return {"loss": loss, "own_optimizer": self.optimizer}

    def complete(self, content):
        """Adds what the loop alone says to the captured program."""
        content["compile"]["optimizer"]["config"].update(self.clip)
        content["fit"]["training"] = self.trains
        content["notes"].extend(self.says_of_batches() + self.says_of_layers())

    def says_of_layers(self):
        told = []
        idle = "" if self.trains else those_in_training(self.model)
        if idle:
            told.append(
                "the loop calls its model without training=True, so that %s compute%s as in evaluation"
                % (idle, "" if "," in idle else "s")
            )
        if self.left:
            told.append("the loop gives the optimizer no weight of %s" % ", ".join(one.name for one in self.left))
        return told

    def says_of_batches(self):
        """What the reader is told of batches that are taken together."""
        if self.of_the_sum is None:
            return []
        told = ["the loop adds up the gradients of %d batches before it applies them: they are taken as one" % self.parts]
        if self.uneven:
            told.append("%d of its updates add up another number of batches, and are taken as the others" % self.uneven)
        return told

    def leave_layers(self):
        """Turns off the layers with trainable weights of which the loop updates none."""
        for layer in self.layers_left():
            layer.trainable = False
            self.left.append(layer)

    def layers_left(self):
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
