"""Captures many scripts in one go: Keras is loaded already, and each script runs in a process forked from this one.

Usage: python captureAll.py FOLDER SCRIPT…  For each script NAME.py it writes FOLDER/NAME, or FOLDER/NAME.json.
"""

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[0] = os.path.normpath(os.path.join(HERE, "..", "..", "..", "src", "learning", "keras", "capture"))

from learnproof_capture.run import run  # noqa: E402

sys.path.pop(0)
ARGUMENTS = {"plots": ["--epochs", "7"]}


def main(folder, scripts):
    for script in scripts:
        name = os.path.splitext(os.path.basename(script))[0]
        child = os.fork()
        if child == 0:
            out, failure = os.path.join(folder, name), os.path.join(folder, name + ".json")
            silence()
            run(script, ARGUMENTS.get(name, []), out=out, failure=failure, fit=1)
        os.waitpid(child, 0)


def silence():
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 1)
    os.dup2(nothing, 2)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
