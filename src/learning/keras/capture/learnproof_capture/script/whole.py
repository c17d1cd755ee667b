"""Files that are written whole or not at all: a new one takes the place of the old one when it is complete."""

import json
import os


def put(path, write):
    with open(path + ".new", "wb") as file:
        write(file)
    os.replace(path + ".new", path)


def put_json(path, content):
    put(path, lambda file: file.write(json.dumps(content, indent=1).encode()))


def put_arrays(path, columns):
    import numpy as np

    put(path, lambda file: np.savez(file, **columns))
