"""How many batches a source gives, and whether it gives them again."""

# The cardinality of a dataset that repeats for ever.
ENDLESS = -1


class Counted:
    """Iterates over batches, and counts them."""

    def __init__(self, batches):
        self.batches, self.count, self.has_ended = batches, 0, False

    def __iter__(self):
        for batch in self.batches:
            self.count += 1
            yield batch
        self.has_ended = True


def has_no_end(source):
    return hasattr(source, "cardinality") and int(source.cardinality()) == ENDLESS


def is_used_up(source):
    """Whether a source that has been read to its end gives nothing when Keras begins anew with it."""
    if hasattr(source, "__next__"):
        return next(source, None) is None
    return hasattr(source, "element_spec") and length_of(source) is None and next(iter(source), None) is None


def length_of(source):
    if hasattr(source, "cardinality"):
        cardinality = int(source.cardinality())
        return cardinality if cardinality > 0 else None
    try:
        return len(source) if hasattr(source, "__len__") else None
    except TypeError:
        return None
