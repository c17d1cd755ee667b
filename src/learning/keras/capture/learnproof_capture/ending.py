"""How a capture ends: with a written program, or with one sentence that says why there is none."""

import json
import os
import socket
import sys
import urllib.error

from . import places

CAPTURED = 0
FAILED = 3


class Refusal(Exception):
    """The program cannot be captured; the message is a sentence without the place."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code
        self.message = message


class Ending:
    def __init__(self, failure_file, script):
        self.failure_file = failure_file
        self.script = script

    def captured(self):
        leave(CAPTURED)

    def refuse(self, refusal, place=None):
        self.fail(refusal.code, refusal.message, place or places.calling_place())

    def script_failed(self, error):
        """The script raised an exception by itself."""
        place = places.failing_place(error.__traceback__)
        if isinstance(error, SyntaxError) and error.filename and error.lineno:
            place = places.describe(error.filename, error.lineno)
        self.fail(*explain(error), place=place)

    def fail(self, code, message, place):
        with open(self.failure_file, "w") as file:
            json.dump({"code": code, "message": message, "place": place}, file)
        leave(FAILED)


def leave(code):
    """Leaves at once: no clean-up of the script's, no waiting for threads, no `except:` that would go on."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass
    os._exit(code)


NETWORK = (urllib.error.URLError, socket.timeout, socket.gaierror, ConnectionError)
NETWORK_WORDS = ("URL fetch failure", "Temporary failure in name resolution", "Max retries exceeded")


def explain(error):
    chain = []
    link = error
    while link is not None and link not in chain:
        chain.append(link)
        link = link.__cause__ or link.__context__
    text = one_line(error)
    if any(is_network(link) for link in chain):
        return "no-network", (
            "needs a download, and the network cannot be reached (%s); download it once by running the script "
            "where there is a network, or put the file where the script looks for it" % text
        )
    missing = next((link for link in chain if isinstance(link, ModuleNotFoundError)), None)
    if missing is not None and missing.name:
        package = missing.name.split(".")[0]
        return "no-module", (
            "needs the Python package %s, which %s does not have (%s); install it there, or name another Python "
            "with --python" % (package, sys.executable, text)
        )
    return "script-failed", "fails by itself before it trains, with %s; mend that first" % text


def is_network(error):
    if isinstance(error, urllib.error.HTTPError):
        return True
    if isinstance(error, FileNotFoundError):
        return False
    return isinstance(error, NETWORK) or any(word in str(error) for word in NETWORK_WORDS)


LONGEST_REASON = 400


def one_line(error):
    text = " ".join(str(error).split())
    if len(text) > LONGEST_REASON:
        text = text[:LONGEST_REASON] + "…"
    name = type(error).__name__
    return "%s: %s" % (name, text) if text else name
