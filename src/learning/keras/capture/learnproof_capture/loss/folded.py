"""Computes what a graph makes of constants alone with more digits than the engines have."""

WIDE = "float64"
FIXED = ("Const", "Cast", "AddV2", "Add", "Sub", "Mul", "RealDiv", "Neg", "Log", "Log1p", "Exp", "Sqrt", "Rsqrt", "Square", "Pow")


def folded(operation):
    """The numbers that an operation gives of constants of 64 bits, which may be too small for 32, as in log(1e-307); None for
    any other operation."""
    is_wide = operation.inputs and any(tensor.dtype.name == WIDE for tensor in operation.inputs)
    if operation.type != "Cast" or not is_wide or not comes_from_constants(operation):
        return None
    import tensorflow as tf

    with tf.compat.v1.Session(graph=operation.graph) as session:
        return session.run(operation.outputs[0])


def comes_from_constants(operation):
    return operation.type in FIXED and all(comes_from_constants(tensor.op) for tensor in operation.inputs)
