"""What a script reads from the tensor that a call of the model itself gives, so that it is followed as what predict gives."""

def watch():
    """Lets the tensors of TensorFlow give answers that remember where they came from; elsewhere nothing is followed."""
    import sys

    if "tensorflow" not in sys.modules:
        return
    from tensorflow.python.framework.ops import EagerTensor

    if hasattr(EagerTensor, "learnproof_answers"):
        return
    EagerTensor.learnproof_answers = None
    read, take = EagerTensor.numpy, EagerTensor.__getitem__

    def numpy(tensor):
        told = read_as(tensor)
        return read(tensor) if told is None else told

    def taken(tensor, key):
        part = take(tensor, key)
        told = read_as(tensor)
        if told is not None:
            mark(part, told[key])
        return part

    EagerTensor.numpy, EagerTensor.__getitem__ = numpy, taken


def mark(tensor, told):
    """The tensor gives these answers; where they remember nothing, it is as any other."""
    if getattr(told, "origin", None) is not None and hasattr(tensor, "numpy"):
        tensor.learnproof_answers = told


def read_as(tensor):
    """The answers that a tensor gives; None where it gives numbers that nothing is known of."""
    return getattr(tensor, "learnproof_answers", None)


def answers_of(value):
    """A tensor that gives answers as these, everything else as it is."""
    told = read_as(value) if hasattr(value, "numpy") else None
    return value if told is None else told
