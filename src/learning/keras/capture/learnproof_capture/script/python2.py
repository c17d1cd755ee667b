"""Runs scripts that were written for Python 2, as most Keras scripts before 2017 were."""

import ast
import builtins
import warnings

from . import followed, notebook

MODULES = {
    "cPickle": "pickle",
    "Queue": "queue",
    "ConfigParser": "configparser",
    "StringIO": "io",
    "cStringIO": "io",
    "urllib2": "urllib.request",
    "urlparse": "urllib.parse",
    "Tkinter": "tkinter",
    "tkMessageBox": "tkinter.messagebox",
    "__builtin__": "builtins",
    "sklearn.grid_search": "sklearn.model_selection",
    "sklearn.learning_curve": "sklearn.model_selection",
    "sklearn.externals.joblib": "joblib",
}


def divide(left, right):
    """Python 2 divides whole numbers to whole numbers."""
    if isinstance(left, int) and isinstance(right, int):
        return left // right
    return left / right


def listing(function):
    return lambda *arguments: list(function(*arguments))


BUILTINS = {"learnproof_divide": divide}
NAMES = {"xrange": range, "raw_input": input, "unicode": str, "long": int, "unichr": chr, "basestring": str}


def compile_script(source, filename, notes):
    """The script's code, and whether it had to be translated from Python 2."""
    for name, value in NAMES.items():
        if name in source and not hasattr(builtins, name):
            setattr(builtins, name, value)
    source = notebook.without_commands(source)
    if "reduce" in source and not hasattr(builtins, "reduce"):
        import functools

        builtins.reduce = functools.reduce
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return compile(followed.rewrite(rename_modules(ast.parse(source, filename))), filename, "exec"), False
    except (SyntaxError, ValueError) as error:
        translated = translate(source)
        if translated is None:
            raise error
        try:
            tree = ast.parse(translated, filename)
        except SyntaxError:
            raise error
        notes.add("the script is written for Python 2, and was translated to Python 3")
        tree = ast.fix_missing_locations(followed.rewrite(Division().visit(rename_modules(tree))))
        return compile(tree, filename, "exec"), True


def translate(source):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from lib2to3 import refactor
    except ImportError:
        return None
    try:
        fixers = refactor.get_fixers_from_package("lib2to3.fixes")
        tool = refactor.RefactoringTool(fixers)
        expanded = source.expandtabs(8)
        return str(tool.refactor_string(expanded if expanded.endswith("\n") else expanded + "\n", "script"))
    except Exception:
        return None


class Division(ast.NodeTransformer):
    def visit_BinOp(self, node):
        self.generic_visit(node)
        if not isinstance(node.op, ast.Div):
            return node
        name = ast.Name("learnproof_divide", ast.Load())
        return ast.copy_location(ast.Call(name, [node.left, node.right], []), node)


PRIVATE = "tensorflow.python.keras"


def rename_modules(tree):
    """The private copy of Keras within TensorFlow is not the Keras that learnproof watches."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(PRIVATE):
            node.module = "tensorflow.keras" + node.module[len(PRIVATE) :]
        if isinstance(node, ast.ImportFrom) and node.module == "tensorflow.python" and node.names[0].name == "keras":
            node.module = "tensorflow"
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith(PRIVATE) and alias.asname:
                    alias.name = "tensorflow.keras" + alias.name[len(PRIVATE) :]
    return tree
