"""Reads notebooks, and scripts that were copied from one."""

import builtins
import json
import re

# Lines that are for the notebook and no Python: %matplotlib inline, !pip install, ?function.
COMMAND = re.compile(r"^(\s*)(%{1,2}\w|!\s*\w|\?\w)")
WHOLE_CELL = re.compile(r"^\s*%%(?!time|capture|matplotlib|prun)")


def is_notebook(filename):
    return filename.endswith(".ipynb")


def code_of(text):
    """The code cells of a notebook, one below the other."""
    cells = json.loads(text)
    listed = cells["cells"] if "cells" in cells else [cell for sheet in cells["worksheets"] for cell in sheet["cells"]]
    parts = [lines_of(cell) for cell in listed if cell.get("cell_type") == "code"]
    return "\n".join("" if WHOLE_CELL.match(part) else part for part in parts) + "\n"


def lines_of(cell):
    lines = cell.get("source", cell.get("input", ""))
    return lines if isinstance(lines, str) else "".join(lines)


def without_commands(source):
    """Replaces the notebook's own commands by nothing, and keeps the numbers of all lines."""
    if "get_ipython" in source and not hasattr(builtins, "get_ipython"):
        builtins.get_ipython = notebook_shell
    lines = source.split("\n")
    if not any(COMMAND.match(line) for line in lines) or is_python(source):
        return source
    return "\n".join(COMMAND.sub(r"\1pass  # \2", line) for line in lines)


def is_python(source):
    """Whether the source compiles as it is: a line that begins with % may continue an expression."""
    try:
        compile(source, "source", "exec", dont_inherit=True)
        return True
    except (SyntaxError, ValueError):
        return False


def notebook_shell():
    from unittest import mock

    return mock.MagicMock(name="get_ipython")
