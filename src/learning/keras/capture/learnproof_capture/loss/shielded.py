"""Finds the operations whose own gradients TensorFlow never computes, since the function that holds them has a gradient of its
own, written without what may come to 0 times infinity, as that of the CTC loss is."""

from .attributes import OWN_GRADIENT
from .nodes import numbers_of


def shielded_in(operations):
    """The names of operations between what such a function is given and what it gives. Its last operation hands on both: first
    what it gives, and then what it was given."""
    names = set()
    for operation in operations:
        if operation.type == "IdentityN" and OWN_GRADIENT in operation.node_def.attr:
            gives, *given = operation.inputs
            names |= behind(gives.op) - set().union(*(behind(one.op) for one in given))
    return names


def behind(operation):
    """The names of an operation and of all that it is computed from."""
    seen, waiting = set(), [operation]
    while waiting:
        one = waiting.pop()
        if one.name not in seen:
            seen.add(one.name)
            waiting.extend(tensor.op for tensor in numbers_of(one))
    return seen
