"""Runs a Keras script up to the call that trains, and writes what that call was given: the captured program.

Usage: python capture.py --out FOLDER --failure FILE [--fit N] [--seconds S] SCRIPT [ARGUMENT…]

It ends with code 0 after FOLDER was written. Otherwise FILE holds the reason as JSON, and the code is 3.
"""

import os
import sys


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[0] = here
    from learnproof_capture.run import run

    sys.path.remove(here)
    options, script, arguments = parse(sys.argv[1:])
    run(script, arguments, **options)


READ = {"fit": int, "seconds": float}


def parse(arguments):
    options = {"fit": 1}
    while arguments and arguments[0].startswith("--"):
        name, value = arguments[0][2:], arguments[1]
        options[name] = READ.get(name, str)(value)
        arguments = arguments[2:]
    return options, arguments[0], arguments[1:]


if __name__ == "__main__":
    main()
