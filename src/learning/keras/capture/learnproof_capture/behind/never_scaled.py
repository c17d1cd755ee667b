"""Rows that the script asks about as they are, while a scaler of scikit-learn made those of training."""

from ..tables.scalings import came_from_scaler, record_of

# So many ranges of training beyond them, nobody asks a network unless the rows were not scaled.
FAR = 5
# In each row, one number is far out, and this share of them lies outside by a whole range of training.
OUTSIDE = 0.25
# Once they are scaled, this share of the numbers lies within the range of training, widened by a tenth.
WITHIN = 0.95
MARGIN = 0.1


def as_training(asked, trained):
    """The rows as the scaler of training would have made them, where they surely never passed through it; None otherwise."""
    import numpy as np

    own = record_of(trained)
    if own is None or asked.shape[1:] != trained.shape[1:] or not len(asked) or came_from_scaler(asked):
        return None
    columns = len(own.times)
    scaled = (asked.astype(np.float64) * own.times + own.plus).astype(np.float32)
    of_training = trained.reshape(-1, columns)
    least, most = of_training.min(axis=0), of_training.max(axis=0)
    span = most - least
    varying = span > 0
    beyond = np.maximum(asked - most, least - asked)[..., varying] / span[varying]
    by_row = beyond.reshape(len(asked), -1)
    if not by_row.size or (by_row.max(axis=1) < FAR).any() or ((by_row > 1).mean(axis=1) < OUTSIDE).any():
        return None
    left = np.maximum(scaled - most, least - scaled)[..., varying] / span[varying]
    return scaled if (left <= MARGIN).mean() >= WITHIN else None
