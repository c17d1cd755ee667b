"""Another version of the examples, which a script holds beside the one that it gives to fit."""


class Version:
    """`of` says what it is a version of: rows, inputs, axes, which are inputs with their axes moved, unchanged, which are pictures and targets before a loader, classes, which are targets with a class at every place, targets, heldOutTargets, or askedTargets, those of a question. `rescaled` tells whether it scales rows to which a scaler was fitted anew as those of training."""

    def __init__(self, of, words, line, tables, question=None, rescaled=False):
        self.of = of
        self.words = words
        self.line = line
        self.tables = tables
        self.question = question
        self.rescaled = rescaled
