"""Rows that the block of a tape takes out of a whole table, as in `loss(y[i:i + 32], model(x[i:i + 32]))`: each such expression
gets a name, so that it is data of the batch as a variable is."""

import ast

# What may stand in such an expression: nothing that computes anything anew.
PARTS = (ast.Subscript, ast.Name, ast.Attribute, ast.Constant, ast.Slice, ast.BinOp, ast.UnaryOp, ast.Tuple, ast.operator,
         ast.unaryop, ast.expr_context)
NAME = "_learnproof_rows_%d"


class BatchSlices(ast.NodeTransformer):
    """Puts names in the place of the rows; `slices` has the code of each by its name."""

    def __init__(self, body):
        self.slices = {}
        self.names = {}
        everything = [node for statement in body for node in ast.walk(statement)]
        self.bound = {node.id for node in everything if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load)}

    def visit_Subscript(self, node):
        if not isinstance(node.ctx, ast.Load) or not self.is_plain(node):
            return self.generic_visit(node)
        text = ast.dump(node)
        if text not in self.names:
            self.names[text] = NAME % len(self.names)
            self.slices[self.names[text]] = compile(ast.Expression(node), "<rows>", "eval")
        return ast.copy_location(ast.Name(self.names[text], ast.Load()), node)

    def is_plain(self, node):
        parts = list(ast.walk(node))
        return all(isinstance(part, PARTS) for part in parts) and not any(
            isinstance(part, ast.Name) and part.id in self.bound for part in parts
        )

    def taken(self, values):
        """What each of the expressions gives, of those that can be computed."""
        found = {}
        for name, code in self.slices.items():
            try:
                found[name] = eval(code, values)
            except Exception:
                continue
        return found
