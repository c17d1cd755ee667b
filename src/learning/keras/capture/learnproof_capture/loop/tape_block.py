"""Computes the block of a `with tf.GradientTape()` again for other data, as a function of targets and predictions."""

import ast
import linecache

from ..script.ending import Refusal
from .batch_slices import BatchSlices

MANY = "; compile the model with its loss and call fit, or let the loop write a trace with watch(), and judge that by " \
       "npx learnproof judge trace.jsonl (docs/traces.md)"
# Statements that lead out of the block: it is computed by itself. The last two lead out of a loop alone.
LEAVES = (ast.Return, ast.Yield, ast.YieldFrom, ast.Await)
ENDS_LOOP = (ast.Break, ast.Continue)


class Block:
    """The statements of the block, and the values that they read."""

    def __init__(self, filename, line):
        self.filename = filename
        self.line = line
        node = self.find()
        if any(leaves(statement) for statement in node.body):
            raise Refusal("own-loop", "leaves the block of its GradientTape by a return or a break; let it end" + MANY)
        self.slices = BatchSlices(node.body)
        body = ast.Module(body=[self.slices.visit(statement) for statement in node.body], type_ignores=[])
        self.code = compile(body, self.filename, "exec")
        self.names = sorted({one.id for one in ast.walk(body)
                             if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)})

    def find(self):
        source = "".join(linecache.getlines(self.filename))
        try:
            tree = ast.parse(source)
        except SyntaxError:
            raise Refusal("own-loop", "trains in a loop of its own whose source cannot be read" + MANY)
        around = [node for node in ast.walk(tree) if isinstance(node, ast.With)
                  and node.lineno <= self.line <= node.body[0].lineno]
        if not around:
            raise Refusal("own-loop", "enters its GradientTape without a with block; write one" + MANY)
        return max(around, key=lambda node: node.lineno)

    def data(self, values, rows):
        """The tensors among the values that the block reads which have a row for each example: `(name, place)` and
        the tensor. Tuples, lists and dicts are looked into."""
        import tensorflow as tf

        found, values = {}, {**values, **self.slices.taken(dict(values))}
        for name in self.names:
            if name not in values or not is_data(values[name]):
                continue
            for place, leaf in enumerate(tf.nest.flatten(values[name])):
                if has_rows(leaf, rows):
                    found[(name, place)] = leaf
        return found

    def run(self, known, replaced):
        """Runs the block with other tensors in the places of `replaced`, and returns all names with their values."""
        import tensorflow as tf

        values = {**known, **self.slices.taken(dict(known))}
        for name in {name for name, _ in replaced}:
            leaves = tf.nest.flatten(values[name])
            for place in range(len(leaves)):
                leaves[place] = replaced.get((name, place), leaves[place])
            values[name] = tf.nest.pack_sequence_as(values[name], leaves)
        exec(self.code, values)
        return values


def leaves(node, is_in_loop=False):
    """Whether a statement leads out of the block that it stands in; functions that it defines lead out of themselves alone."""
    if isinstance(node, (ast.FunctionDef, ast.Lambda, ast.AsyncFunctionDef, ast.ClassDef)):
        return False
    if isinstance(node, LEAVES) or (isinstance(node, ENDS_LOOP) and not is_in_loop):
        return True
    if isinstance(node, (ast.For, ast.While)):
        return any(leaves(one, True) for one in node.body) or any(leaves(one, is_in_loop) for one in node.orelse)
    return any(leaves(child, is_in_loop) for child in ast.iter_child_nodes(node))


def is_data(value):
    import numpy as np
    import tensorflow as tf

    if isinstance(value, (tuple, list)):
        return len(value) > 0 and all(is_data(one) for one in value)
    if isinstance(value, dict):
        return len(value) > 0 and all(is_data(one) for one in value.values())
    return isinstance(value, (np.ndarray, tf.Tensor)) and not isinstance(value, tf.Variable)


def has_rows(leaf, rows):
    shape = tuple(leaf.shape)
    return len(shape) > 0 and shape[0] == rows
