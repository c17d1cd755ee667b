"""Training in a loop of the script's own, by train_on_batch or by tapes, which gives one captured program."""

import contextlib

from ..behind.question import read_or_none
from ..behind.asked import has_numbers
from ..behind.carried_state import CarriedState
from ..given import TRAIN_ON_BATCH, bind
from ..model import program
from ..model.model_facts import names_of, orders_of
from ..script import patience, places
from ..script.ending import Refusal
from ..script.shadow import Shadow
from ..tables import arrays
from .agents import ACTS, Agents
from .behind_loop import BehindLoop
from .idle_loop import IdleLoop
from .loop import Loop
from .own_fit import OwnFit
from .own_step import refuse_own_step
from .rivals import Rivals
from .tape_loop import TapeLoop


class Loops:
    """`loop` is the one that is captured and holds its batches; `tape_loop` says how its steps train, where tapes do."""

    def __init__(self, capture):
        self.capture = capture
        self.loop = None
        self.tape_loop = None
        self.others = []
        self.rivals = Rivals()
        self.own_fit = None
        self.is_idle_in_graph = False
        self.idle = None
        # What the written program trains on.
        self.data = None
        self.carried = CarriedState()
        self.agents = Agents()
        self.behind = BehindLoop()

    # Loops of train_on_batch.

    def take_train_on_batch(self, original, model, *positional, **keywords):
        """A loop of batches is one program: the batches are put together while the script trains on."""
        capture = self.capture
        if capture.is_busy:
            return original(model, *positional, **keywords)
        self.leave_later()
        model = capture.substitute(model)
        if self.loop is None:
            if not capture.counts():
                return capture.run_original(original, model, positional, keywords)
            self.loop = self.start(model, bind(TRAIN_ON_BATCH, positional, keywords))
        try:
            self.rivals.trained(self.loop, model)
        except Refusal as refusal:
            capture.ending.refuse(refusal)
        if self.loop.model is model:
            self.loop.flags.follow(capture.compiled.get(id(model)))
            self.carried.trained(model)
            self.add(bind(TRAIN_ON_BATCH, positional, keywords))
        return capture.run_original(original, model, positional, keywords)

    # Loops of tapes.

    def watch_own_step(self, original, model, positional, keywords):
        """A train_step of the script's own is a loop of its own, whose steps are seen where they run one by one."""
        self.own_fit = OwnFit(original, model, positional, keywords)
        told = self.own_fit.watch()
        if self.loop is None:
            self.capture.script_ended()
            refuse_own_step(model)
        with self.capture.busy():
            self.is_idle_in_graph = self.own_fit.stays_in_graph()
            self.write()
        self.own_fit.is_over = True
        self.capture.ending.has_captured()
        # Its model is trained for the watched epochs alone, and takes the place of no other one on the disk.
        self.capture.ending.leave_no_trace(Shadow())
        self.capture.ends_in(patience.behind())
        return told

    def leave_later(self):
        """A training behind a fit whose steps are the script's own is another one."""
        if self.own_fit is not None and self.own_fit.is_over and not self.capture.is_busy:
            self.capture.script_ended()

    def take_step(self, parts, optimizer, pairs):
        """A step of the script's own: it opened a tape, called its model and applies the gradients.

        `parts` are the steps since the last update whose gradients may be added up, the newest last.
        """
        step = parts[-1]
        self.leave_later()
        if self.capture.after.has_begun:
            self.capture.after.sees_step([variable for _, variable in pairs])
            return
        if self.loop is not None and self.tape_loop is None:
            return
        with self.capture.busy(), self.refusing(step):
            if self.tape_loop is None:
                if step.frame.f_code in self.others:
                    return
                if self.own_fit is None and not self.capture.counts():
                    self.others.append(step.frame.f_code)
                    return
                self.tape_loop = TapeLoop(parts, optimizer, pairs, self.capture.tapes)
                self.loop = self.start(self.tape_loop.model, {"x": self.tape_loop.inputs(step)}, "its own step")
                self.loop.place = self.tape_loop.place
            if self.tape_loop.is_like(step):
                self.add(self.tape_loop.batch(parts, pairs))
            else:
                self.tape_loop.refuse_rival(step, pairs)

    def take_second(self, step, optimizer, pairs):
        """Another update by the gradients of a step that was taken."""
        if self.tape_loop is None or step.frame.f_code is not self.tape_loop.code:
            return
        with self.refusing(step):
            self.tape_loop.add_optimizer(optimizer, pairs)

    def take_idle(self):
        """Where a loop has never applied its gradients, its steps are a training that moves nothing."""
        idle = IdleLoop(self.capture.tapes)
        if idle.tape_loop is None:
            return
        self.tape_loop, self.idle = idle.tape_loop, idle
        first, *others = idle.batches()
        self.loop = self.start(self.tape_loop.model, first, "its own step")
        self.loop.place = self.tape_loop.place
        for batch in [first, *others]:
            self.add(batch)

    @contextlib.contextmanager
    def refusing(self, step):
        """A refusal within names the place of the step."""
        try:
            yield
        except Refusal as refusal:
            self.capture.ending.refuse(refusal, places.describe(step.frame.f_code.co_filename, step.line))

    # What is asked behind either.

    def is_asked(self):
        """Whether a question may be about the model that a loop trains."""
        return self.loop is not None and not self.capture.is_busy and not self.capture.after.has_begun

    def answer(self, name, original, model, positional, given):
        """Answers as Keras does, and remembers the question."""
        if self.is_asked() and places.is_called_by_user():
            return self.behind.answer(self.loop, name, original, model, positional, given)
        return original(model, *positional, **given)

    def watch_calls(self, kind):
        original = kind.__call__

        def called(model, *positional, **given):
            is_asked = self.is_asked() and self.capture.tapes.step is None and places.is_called_by_user()
            if not is_asked or not positional or not has_numbers(positional[0]):
                return original(model, *positional, **given)
            with self.capture.busy():
                return self.behind.answer(self.loop, "call", original, model, positional, given)

        kind.__call__ = called

    # The batches of either.

    def start(self, model, first, call="train_on_batch"):
        """Keeps the weights with which the loop begins."""
        try:
            xs = arrays.arrays_of(first.get("x"), "x", names_of(model, "input_names"))
            program.build(model, xs)
            _, graph = program.describe_model(model, xs, self.capture.notes)
            return Loop(model, program.weights_of(graph), program.work_of(graph), first.get("class_weight"), call)
        except Refusal as refusal:
            self.capture.ending.refuse(refusal)

    def add(self, given):
        self.behind.trains()
        try:
            self.loop.add(given, orders_of(self.loop.model))
            self.agents.trains(given.get("x"))
        except Refusal as refusal:
            self.capture.ending.refuse(refusal)
        if self.loop.is_full():
            self.capture.script_ended()

    def end(self):
        """Writes the program of the loop, where there was one, and what is asked behind it, and ends the script."""
        if self.loop is None and self.capture.calls == 0:
            self.take_idle()
        if self.loop is None:
            return
        self.write()
        with self.capture.ending.ours():
            if not read_or_none(self.carried.save, self.capture.out, self.data, orders_of(self.loop.model)):
                read_or_none(self.behind.save, self.capture.out)
        self.capture.ending.captured()

    def write(self):
        """Writes the program of the loop, once."""
        if self.data is not None:
            return
        if self.agents.act():
            self.capture.ending.refuse(Refusal("own-loop", ACTS), self.loop.place)
        try:
            given = self.loop.given(self.capture.notes)
            if self.idle is not None:
                self.idle.add_to(given, self.capture.notes)
            if self.own_fit is not None:
                is_one_model = self.tape_loop is None or self.tape_loop.composite is None
                self.own_fit.add_to(given, is_one_model, self.capture.notes)
            described = self.describe(given)
            described.content["fit"]["examples"] = self.loop.in_epoch
            described.write(self.capture.out, self.loop.weights)
            self.data = described.data
        except Refusal as refusal:
            self.capture.ending.refuse(refusal)

    def describe(self, given):
        loop, tapes = self.loop, self.tape_loop
        loop.flags.put_back()
        if tapes is None:
            return self.capture.describe(loop.model, given, "train_on_batch", loop.place)
        tapes.leave_layers()
        self.capture.compiled[id(loop.model)] = (loop.model, tapes.compiled, tapes.place)
        described = self.capture.describe(loop.model, given, "GradientTape", loop.place)
        tapes.complete(described.content)
        described.content["fit"]["idleInGraph"] = self.is_idle_in_graph
        described.content["fit"]["neverApplied"] = self.idle is not None
        return described
