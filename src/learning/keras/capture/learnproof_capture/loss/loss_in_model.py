"""What each loss has that a model's own code holds, beside what it computes of targets and predictions."""


class LossInModel:
    """`model` is the part of the model that is judged by it."""

    # Whether the penalties that layers add count beside it.
    asks_penalties = True

    def says(self):
        """What the reader is told; None where there is nothing to tell."""
        return None

    def give_targets(self, data):
        """Gives the data their targets, where those of fit are not the ones."""

    def answers_alike(self):
        """Whether the script's model gives what `model` gives, and nothing else."""
        return True

    def places(self):
        """Where the script says what layers say that were made here, by the id of each."""
        return {}
