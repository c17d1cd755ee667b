"""What stands for the keyboard: a script that is captured has nobody to ask."""

import io

from .ending import Refusal


class Nobody(io.StringIO):
    def refuse(self):
        raise Refusal(
            "asks-keyboard",
            "asks for input at the keyboard before it trains, which nobody can answer here; write the value into the "
            "script, or take it from an argument behind --",
        )

    def readline(self, *_):
        self.refuse()

    def read(self, *_):
        self.refuse()

    def __next__(self):
        self.refuse()
