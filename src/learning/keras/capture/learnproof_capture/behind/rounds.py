"""Sees whether a script trains one model on, round by round, and measures it each time by rows that an earlier round trained on, as
where every fold of a cross-validation trains the same model."""

from .repeated import digests

# Rounds behind the first one that have to measure the model in this way: one alone may look back on purpose.
FEWEST_ROUNDS = 2


class Rounds:
    """`x` holds the inputs of the first call of fit. A round is a call of fit and the questions behind it."""

    def __init__(self, x):
        self.earlier = set()
        self.last = set(digests([x]))
        self.number = 0
        self.asked = {}

    def trains(self, x):
        """Another call of fit begins a round. Where its inputs are not known, None, nothing is said of any round."""
        if x is None or self.last is None:
            self.last, self.asked = None, {}
            return
        self.number += 1
        self.earlier |= self.last
        self.last = set(digests([x]))

    def asks(self, question, xs):
        """Notes how the rows of a question stand to the round that it measures."""
        if self.last is None:
            return
        rows = digests([xs])
        seen = self.asked.setdefault(id(question), Seen(question))
        seen.add(self.number, is_new=not any(one in self.last for one in rows), is_old=all(one in self.earlier for one in rows))

    def save(self):
        for seen in self.asked.values():
            seen.question.rounds = seen.told()


class Seen:
    """What one line asks about in the rounds: never a row of its own round, and in later ones rows of earlier rounds alone."""

    def __init__(self, question):
        self.question = question
        self.is_held_out = True
        self.rounds = {}

    def add(self, number, is_new, is_old):
        self.is_held_out = self.is_held_out and is_new
        self.rounds[number] = self.rounds.get(number, True) and is_old

    def told(self):
        """The number of rounds, and of those whose rows were trained on before; None where the rows need not be new."""
        old = sum(self.rounds.values())
        is_meant_new = self.is_held_out and self.rounds.get(0) is False
        return {"count": len(self.rounds), "old": old} if is_meant_new and old >= FEWEST_ROUNDS and old == len(self.rounds) - 1 else None
