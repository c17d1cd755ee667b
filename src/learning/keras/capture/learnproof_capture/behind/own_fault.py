"""A fault of ours behind the training call costs what was asked there, and not what was captured: it is told, so that nobody
takes silence for an answer."""

import os
import traceback

from ..script.reasons import one_line
from ..script.whole import put_arrays, put_json


def save_fault(folder, error):
    """Writes an asked.json that holds no question, and says which line of ours failed."""
    frames = traceback.extract_tb(error.__traceback__)
    place = "%s:%d" % (os.path.basename(frames[-1].filename), frames[-1].lineno) if frames else "?"
    fault = "%s, in %s" % (one_line(error), place)
    try:
        put_arrays(os.path.join(folder, "asked.npz"), {})
        put_json(os.path.join(folder, "asked.json"), {"ended": "fault", "laterFit": None, "questions": [], "fault": fault})
    except OSError:
        pass  # The folder takes no more: the captured program is whole all the same.
