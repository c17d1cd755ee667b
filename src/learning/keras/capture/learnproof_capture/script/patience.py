"""How long the capture waits for a script: a command that has a budget gives it the seconds that are left."""

import time

# A script that goes on for longer behind its training call is left where it is.
BEHIND = 20
# The share of what is left at the training call that the script may take behind it.
SHARE_BEHIND = 0.25
# The share of the seconds after which a loop of training calls is watched no further: the check needs the others.
SHARE_OF_LOOP = 0.4

_begun = time.monotonic()
_seconds = None


def begin(seconds):
    """Starts to count. Without seconds, only `BEHIND` bounds anything."""
    global _begun, _seconds
    _begun, _seconds = time.monotonic(), seconds


def elapsed():
    return time.monotonic() - _begun


def behind():
    """The seconds that the script may take behind its training call."""
    return BEHIND if _seconds is None else min(BEHIND, SHARE_BEHIND * max(0, _seconds - elapsed()))


def ends_loop():
    """Whether a loop of training calls has been watched for long enough."""
    return _seconds is not None and elapsed() > SHARE_OF_LOOP * _seconds
