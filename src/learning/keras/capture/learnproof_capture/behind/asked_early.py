"""Answers that a script asks for before it trains and uses behind the training: they are those of untrained weights."""

from ..script import places
from . import early_names

MOST_CALLS = 12
# Fewer rows build a model, or show the shape of its answers.
FEWEST_ROWS = 10


class AskedEarly:
    """Keeps the calls of predict before the captured training."""

    def __init__(self):
        self.calls = []

    def note(self, model, name, x, is_trained):
        """One call of each line counts; `is_trained` says whether the script has trained anything by then."""
        place = places.calling_place()
        known = any(one.model is model and one.place == place for one in self.calls)
        if not is_trained and place is not None and not known and len(self.calls) < MOST_CALLS:
            self.calls.append(Call(model, name, x, place))

    def used_behind(self, model, inputs):
        """The last call about the model whose answers the script uses behind the training that it calls now, with the rows and
        the line of the use; None where there is none."""
        frames = frames_of_user()
        for call in reversed([one for one in self.calls if one.model is model]):
            xs = inputs(call.x)
            use = call.use_behind(frames) if xs is not None and len(xs[0]) >= FEWEST_ROWS else None
            if use is not None:
                return call, xs, use
        return None


class Call:
    def __init__(self, model, name, x, place):
        self.model, self.name, self.x, self.place = model, name, x, place
        self.frames = frames_of_user()

    def use_behind(self, frames):
        shared = [(own, other) for own, other in zip(self.frames, frames)]
        same = 0
        while same < len(shared) and shared[same][0][:2] == shared[same][1][:2]:
            same += 1
        if same == 0:
            return None
        (_, code, asked), (_, _, trained) = shared[same - 1]
        if any(early_names.brings_weights(one[1].co_filename) for one in self.frames + frames):
            return None
        line = early_names.line_of_use(code, asked, trained)
        return None if line is None else places.describe(code.co_filename, line)


def frames_of_user():
    """The frames of the user's files, the outermost first, each with its code and the line at which it is now."""
    return [(id(frame), frame.f_code, frame.f_lineno) for frame in places.frames_of_user()][::-1]
