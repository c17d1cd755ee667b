"""How a capture ends: with a written program, or with one sentence that says why there is none."""

import contextlib
import json
import os
import sys

from . import places, reasons

CAPTURED = 0
FAILED = 3


class Refusal(Exception):
    """The program cannot be captured; the message is a sentence without the place."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code
        self.message = message


class NotThere(AttributeError):
    """The script asks for a name that what stands in for a module does not have."""


class Ending:
    def __init__(self, failure_file, script):
        self.failure_file = failure_file
        self.is_captured = False
        self.script = script
        self.shadow = None

    def has_captured(self):
        """Tells the caller that the program is written, whatever the script does from now on."""
        self.is_captured = True
        with open(self.failure_file + ".captured", "w"):
            pass

    def leave_no_trace(self, shadow):
        """From now on, what the script writes reaches no disk."""
        self.shadow = shadow
        shadow.begin()

    def ours(self):
        """While the capture itself writes."""
        return contextlib.nullcontext() if self.shadow is None else self.shadow.ours()

    def captured(self):
        self.clear()
        leave(CAPTURED)

    def clear(self):
        if self.shadow is not None:
            self.shadow.end()

    def refuse(self, refusal, place=None):
        place = place or places.failing_place(refusal.__traceback__) or places.calling_place()
        self.fail(refusal.code, refusal.message, place)

    def script_failed(self, error):
        """The script raised an exception by itself."""
        place = places.failing_place(error.__traceback__)
        if isinstance(error, SyntaxError) and error.filename and error.lineno:
            place = places.describe(error.filename, error.lineno)
        if not isinstance(error, (NotThere, SyntaxError)) and places.is_raised_here(error.__traceback__):
            self.fail(*reasons.unreadable(error), place=place)
        self.fail(*reasons.explain(error, place), place=place)

    def fail(self, code, message, place):
        if self.is_captured:
            leave(CAPTURED)
        with self.ours(), open(self.failure_file, "w") as file:
            json.dump({"code": code, "message": message, "place": place}, file)
        self.clear()
        leave(FAILED)


def leave(code):
    """Leaves at once: no clean-up of the script's, no waiting for threads, no `except:` that would go on."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass
    os._exit(code)
