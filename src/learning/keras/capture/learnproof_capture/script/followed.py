"""Rewrites a script so that what it makes of a single answer can be followed: a number of Python, a name that it looks up, one of
two constants, a list of them that becomes an array. Each is computed as before, by a function that sees the answer as well."""

import ast
import builtins

CONVERTING = ("int", "float", "bool")
# Functions of NumPy that a script may call on a tensor or a list.
READING = ("array", "asarray", "argmax", "round", "rint", "squeeze", "where")


def rewrite(tree):
    """The tree of a script, in which these expressions call `learnproof_…`, names that `install` gives a meaning."""
    assigned = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    return ast.fix_missing_locations(Following(assigned).visit(tree))


def install(functions):
    """Gives the names their meaning, for every file of the script."""
    for name, function in functions.items():
        setattr(builtins, "learnproof_" + name, function)


class Following(ast.NodeTransformer):
    def __init__(self, assigned):
        self.assigned = assigned

    def visit_Call(self, node):
        self.generic_visit(node)
        called, given = node.func, node.args
        if not given or isinstance(given[0], ast.Starred):
            return node
        converts = isinstance(called, ast.Name) and called.id in CONVERTING and called.id not in self.assigned
        if converts and len(given) == 1 and not node.keywords:
            return calling("converted", node, [called] + given)
        if isinstance(called, ast.Attribute) and called.attr in READING and isinstance(called.value, ast.Name):
            return calling("read_by", node, [called] + given, node.keywords)
        return node

    def visit_Subscript(self, node):
        self.generic_visit(node)
        plain = (ast.Constant, ast.Slice, ast.Tuple, ast.UnaryOp)
        if isinstance(node.ctx, ast.Load) and not isinstance(node.slice, plain):
            return calling("looked_up", node, [node.value, node.slice])
        return node

    def visit_AnnAssign(self, node):
        """A type is no expression of the script's own."""
        node.value = node.value and self.visit(node.value)
        return node

    def visit_arguments(self, node):
        node.defaults = [self.visit(one) for one in node.defaults]
        node.kw_defaults = [one and self.visit(one) for one in node.kw_defaults]
        return node

    def visit_IfExp(self, node):
        self.generic_visit(node)
        if is_constant(node.body) and is_constant(node.orelse):
            return calling("chosen", node, [node.test, node.body, node.orelse])
        return node

    def visit_If(self, node):
        self.generic_visit(node)
        if len(node.body) == 1 and len(node.orelse) == 1:
            yes, no = constant_of(node.body[0]), constant_of(node.orelse[0])
            if yes is not None and no is not None and same_but_constant(node.body[0], node.orelse[0]):
                return with_constant(node.body[0], calling("chosen", node.test, [node.test, yes, no]))
        return node


def calling(name, node, given, keywords=()):
    return ast.copy_location(ast.Call(ast.Name("learnproof_" + name, ast.Load()), given, list(keywords)), node)


def is_constant(node):
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return is_constant(node.operand)
    return isinstance(node, ast.Constant) and isinstance(node.value, (int, float, str))


def constant_of(statement):
    """The constant that a statement assigns to a name, returns, or appends to a list; None for any other statement."""
    value = statement.value if isinstance(statement, (ast.Assign, ast.Return, ast.Expr)) else None
    if isinstance(statement, ast.Assign) and not all(isinstance(one, ast.Name) for one in statement.targets):
        return None
    if isinstance(statement, ast.Expr):
        appends = isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "append"
        named = appends and isinstance(value.func.value, ast.Name) and len(value.args) == 1
        value = value.args[0] if named else None
    return value if value is not None and is_constant(value) else None


def with_constant(statement, value):
    """The statement with another value in the place of its constant."""
    if isinstance(statement, ast.Expr):
        statement.value.args = [value]
    else:
        statement.value = value
    return statement


def same_but_constant(yes, no):
    def told(statement):
        return ast.dump(statement).replace(ast.dump(constant_of(statement)), "…")

    return type(yes) is type(no) and told(yes) == told(no)
