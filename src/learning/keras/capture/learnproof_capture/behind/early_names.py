"""Follows the names that hold answers from before the training to a line behind it which uses them. Where the script shows that
it knows how old they are, or looks at what the training brought in another way, nothing is said."""

import ast
import linecache
import re

# Weights that something was learnt into answer before this training, too.
LEARNT_BEFORE = re.compile(r"load_weights|load_model|set_weights|imagenet|from_pretrained|pretrained|applications|weights\s*=\s*['\"]")
# Who names answers so compares them with later ones.
KNOWINGLY = re.compile(r"before|untrain|initial|init\b|_init|\bstart|_start|prior\b|baseline|random(?![._]\w)|\bold|_old|\bpre_|not.trained|no.train|\bearly|zero.shot|step.?0|epoch.?0|naive|reference", re.I)
# A script that reads these behind the training looks at what it brought.
LOOKS = ("history", "get_weights", "weights", "trainable_weights", "trainable_variables", "variables", "kernel", "bias", "coefs")
# These ask for the form of the answers alone.
FORMS = ("shape", "ndim", "dtype", "size")


def lines_of(filename):
    return linecache.getlines(filename)


def brings_weights(filename):
    return LEARNT_BEFORE.search("".join(lines_of(filename))) is not None


def line_of_use(code, asked, trained):
    """The line of the code, behind `trained`, that uses what the line `asked` got; None where none surely does."""
    try:
        lines = lines_of(code.co_filename)
        scope = scope_of(ast.parse("".join(lines)), code, asked, trained)
        return None if scope is None else Names(lines, asked, trained).follow(list(flat(scope.body, ())))
    except (SyntaxError, ValueError, RecursionError):
        return None


def scope_of(tree, code, asked, trained):
    if code.co_name == "<module>":
        return tree
    found = [one for one in ast.walk(tree) if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef)) and one.name == code.co_name
             and all(one.lineno <= line <= one.end_lineno for line in (asked, trained))]
    return found[-1] if found else None


def flat(body, path):
    """Each statement with the branches and loops that it stands in; a compound one as what it decides by."""
    for one in body:
        if isinstance(one, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        parts = [name for name in ("body", "orelse", "finalbody") if isinstance(getattr(one, name, None), list)]
        if not parts:
            yield one, path
            continue
        for head in [getattr(one, name) for name in ("test", "iter") if hasattr(one, name)] + [item.context_expr for item in getattr(one, "items", [])]:
            targets = [one.target] if hasattr(one, "target") else []
            yield ast.copy_location(ast.Assign(targets=targets, value=head), head), path
        for name in parts:
            yield from flat(getattr(one, name), path + ((one, name),))
        for handler in getattr(one, "handlers", []):
            yield from flat(handler.body, path + ((one, "handlers"),))


class Names:
    def __init__(self, lines, asked, trained):
        self.lines, self.asked, self.trained = lines, asked, trained
        self.held = set()

    def follow(self, statements):
        asking = next((at for at, (one, _) in enumerate(statements) if holds(one, self.asked)), None)
        training = next((at for at, (one, _) in enumerate(statements) if holds(one, self.trained)), None)
        if asking is None or training is None or asking >= training or self.is_meant(self.asked, self.asked):
            return None
        path = statements[training][1]
        if any(isinstance(one, (ast.For, ast.While)) and (one, name) in path for one, name in statements[asking][1]):
            return None
        self.held.update(stored(statements[asking][0]))
        for one, _ in statements[asking + 1 : training]:
            self.pass_on(one)
        if reads(statements[training][0], self.held):
            return None
        return self.use(statements[training + 1 :], path)

    def use(self, behind, path):
        """The first use behind the training, where every one goes by without a sign that the script knows."""
        line = None
        for one, branches in behind:
            if any(isinstance(part, ast.Attribute) and part.attr in LOOKS for part in ast.walk(one)):
                return None
            if not reads(one, self.held):
                self.held -= set(stored(one))
                continue
            if self.is_meant(one.lineno, one.end_lineno) or any(KNOWINGLY.search(name) for name in self.held):
                return None
            is_sure = all(place in path or isinstance(place[0], (ast.For, ast.With)) for place in branches)
            line = one.lineno if line is None and is_sure else line
            self.pass_on(one)
        return line

    def pass_on(self, one):
        """What is made of the answers holds them, too; a name that is given something else holds them no more."""
        if not reads(one, self.held):
            self.held -= set(stored(one))
            return
        self.held.update(stored(one))
        for call in ast.walk(one):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name):
                if call.func.attr in ("append", "extend", "update", "add", "insert") and any(reads(part, self.held) for part in call.args):
                    self.held.add(call.func.value.id)

    def is_meant(self, first, last):
        """Whether the lines, a remark above them among these, say that the answers come from before the training."""
        above = self.lines[first - 2].strip() if first > 1 else ""
        told = self.lines[first - 1 : last] + ([above] if above.startswith("#") else [])
        return any(KNOWINGLY.search(line) for line in told)


def holds(one, line):
    return one.lineno <= line <= one.end_lineno


def stored(one):
    """The names that a statement gives a value; what is put into a list, a table or an object counts as the whole of it."""
    targets = getattr(one, "targets", None) or ([one.target] if hasattr(one, "target") else [])
    return [name for target in targets for name in names_in(target)]


def names_in(target):
    if isinstance(target, (ast.Tuple, ast.List)):
        return [name for one in target.elts for name in names_in(one)]
    while isinstance(target, (ast.Subscript, ast.Attribute, ast.Starred)):
        target = target.value
    return [target.id] if isinstance(target, ast.Name) else []


def reads(one, held):
    """Whether more than the form of what the names hold is read."""
    forms = set()
    for part in ast.walk(one):
        if isinstance(part, ast.Attribute) and part.attr in FORMS:
            forms.add(id(part.value))
        if isinstance(part, ast.Call) and isinstance(part.func, ast.Name) and part.func.id == "len":
            forms.update(id(argument) for argument in part.args)
    return any(isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load) and part.id in held and id(part) not in forms for part in ast.walk(one))
