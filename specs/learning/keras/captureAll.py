"""Captures many scripts in one go: Keras is loaded once, and each script runs in a process forked from this one.

Usage: python captureAll.py FOLDER SCRIPT…  For each script NAME.py it writes FOLDER/NAME, or FOLDER/NAME.json.
"""

import gc
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[0] = os.path.normpath(os.path.join(HERE, "..", "..", "..", "src", "learning", "keras", "capture"))

from learnproof_capture.run import run  # noqa: E402

sys.path.pop(0)
ARGUMENTS = {"plots": ["--epochs", "7"]}


def main(folder, scripts):
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    # A collector that never visits what is loaded here is quicker, and leaves the memory that the processes share as it is.
    gc.disable()
    import keras  # noqa: F401

    gc.freeze()
    gc.enable()
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
