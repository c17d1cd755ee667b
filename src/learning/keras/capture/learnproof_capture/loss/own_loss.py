"""Where the loss of a training stands that compile does not have, or whose targets fit does not have."""

from ..script.ending import Refusal
from .endpoint import endpoint_of
from .own_compute_loss import compute_loss_of
from .rebuilt import rebuilt_of

# The first place where a loss is found counts.
PLACES = (endpoint_of, rebuilt_of, compute_loss_of)


def own_loss_of(judged):
    """The loss, which has the model that it judges and gives the data their targets; None where compile has the loss."""
    for find in PLACES:
        found = find(judged)
        if found is not None:
            return found
    if judged.compiled.get("loss") is None and not judged.data.y:
        raise Refusal(
            "no-loss",
            "trains without a loss of compile and without targets, as where the model adds its loss itself (add_loss); give the "
            'loss to compile and the targets to fit, such as loss="mse" and fit(x, x) for a model that rebuilds its inputs',
        )
    return None
