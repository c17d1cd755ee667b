"""Says in a sentence why a script failed before it trained, and what to do."""

import re
import socket
import sys
import urllib.error

NETWORK = (urllib.error.URLError, socket.timeout, socket.gaierror, ConnectionError)
NETWORK_WORDS = ("URL fetch failure", "Temporary failure in name resolution", "Max retries exceeded",
                 "Name or service not known", "getaddrinfo failed")
MISSING_WORDS = re.compile(r"No such file or directory|No file or directory found|does not exist|Unable to open file")
ARGUMENT_WORDS = re.compile(r"sys\.argv|\bargv\b")


def explain(error, place):
    """`(code, sentence)`; `place` is where in the user's files the error was raised."""
    chain = chain_of(error)
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
    lost = lost_name(error)
    if lost is not None:
        return "lost-name", (
            "uses %s, which the installed version does not have; name a Python with the version that the script was "
            "written for with --python, or use what replaces it" % lost
        )
    if any(is_missing_file(link) for link in chain):
        return "no-file", (
            "needs a file that is not there (%s); put it where the script looks for it, and run learnproof in the "
            "folder in which you run the script" % text
        )
    if isinstance(error, (IndexError, ValueError)) and place and ARGUMENT_WORDS.search(place["text"]):
        return "no-argument", (
            "needs an argument of the command line that it was not given (%s); give the script's arguments behind --, "
            "as in check train.py -- data.csv 10" % text
        )
    return "script-failed", "fails by itself before it trains, with %s; mend that first" % text


def unreadable(error):
    """`(code, sentence)` where a line of ours failed while it read the training."""
    return "capture-failed", (
        "cannot be read here (%s); if Python alone runs it, this is a fault of learnproof: report it with the script" % one_line(error)
    )


LOST = re.compile(r"cannot import name '(\w+)' from '((?:tensorflow|keras|tf_keras|sklearn)[\w.]*)'")
LOST_ATTRIBUTE = re.compile(r"module '((?:tensorflow|keras|tf_keras|sklearn)[\w.]*)' has no attribute '(\w+)'")


def lost_name(error):
    """A name of Keras, TensorFlow or scikit-learn that other versions of it have."""
    found = LOST.search(str(error)) if isinstance(error, ImportError) else None
    if found:
        return "%s of %s" % found.groups()
    found = LOST_ATTRIBUTE.search(str(error)) if isinstance(error, AttributeError) else None
    return "%s of %s" % (found.group(2), found.group(1)) if found else None


def chain_of(error):
    chain = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain


def is_network(error):
    if isinstance(error, urllib.error.HTTPError):
        return True
    if isinstance(error, FileNotFoundError):
        return False
    return isinstance(error, NETWORK) or any(word in str(error) for word in NETWORK_WORDS)


def is_missing_file(error):
    if isinstance(error, FileNotFoundError):
        return True
    return isinstance(error, (OSError, ValueError)) and MISSING_WORDS.search(str(error)) is not None


LONGEST_REASON = 300
COLOURS = re.compile(r"\x1b\[[0-9;]*m")
# Keras says first where an error came up, and then, in a paragraph of its own, what is wrong.
WHERE = re.compile(r"^Exception encountered when calling [^\n]*\n\s*\n")
BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z`'\"])")


def first_sentence(error):
    """What an exception says, without what follows its first sentence, for words within a sentence of ours."""
    text = WHERE.sub("", COLOURS.sub("", str(error)).strip())
    paragraph = " ".join(text.split("\n\n")[0].split())
    sentence = BETWEEN_SENTENCES.split(paragraph)[0].rstrip(".;:")
    sentence = sentence if len(sentence) <= LONGEST_REASON else sentence[:LONGEST_REASON] + "…"
    return sentence or type(error).__name__


def one_line(error):
    """The class of an exception and the first sentence of what it says."""
    text = first_sentence(error)
    name = type(error).__name__
    return "%s: %s" % (name, text) if text != name else name


def exit_words(code):
    how = "exit code %d" % code if isinstance(code, int) else "the words %r" % str(code)
    return "ends by itself with %s before it trains; give it the arguments that it needs behind --" % how
