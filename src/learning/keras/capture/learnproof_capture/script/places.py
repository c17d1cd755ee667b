"""Where in the user's files a call stands."""

import dis
import linecache
import os
import sys

OUR_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
# What is computed there in the place of an expression of the user's fails as that would.
IN_PLACE_OF_USERS = os.path.join(OUR_FOLDER, "behind", "alone.py")
LONGEST_TEXT = 300


def is_users(filename):
    """Whether a file belongs to the user, and not to Python, its packages or to us."""
    # TensorFlow runs a function of tf.function from a file that it writes itself.
    if filename.startswith("<") or "__autograph_generated_file" in filename:
        return False
    path = os.path.abspath(filename)
    # Compiled packages name files that were there when they were built.
    if not os.path.exists(path):
        return False
    if path.startswith(OUR_FOLDER) or "site-packages" in path or "dist-packages" in path:
        return False
    return not path.startswith(os.path.dirname(os.__file__) + os.sep)


def frames_of_user():
    """The frames of the user's files, the innermost first."""
    frames, frame = [], sys._getframe(1)
    while frame is not None:
        if is_users(frame.f_code.co_filename):
            frames.append(frame)
        frame = frame.f_back
    return frames


def calling_place():
    """The place of the innermost call in the user's files; None if there is none."""
    frame = sys._getframe(1)
    while frame is not None:
        if is_users(frame.f_code.co_filename):
            return describe(frame.f_code.co_filename, frame.f_lineno)
        frame = frame.f_back
    return None


def is_imported_by_user():
    """Whether the import that goes on was written in the user's files, and not in those of a package."""
    frame = sys._getframe(1)
    while frame is not None:
        filename = frame.f_code.co_filename
        if not filename.startswith("<frozen importlib") and not filename.startswith(OUR_FOLDER):
            return is_users(filename)
        frame = frame.f_back
    return False


def is_called_by_user():
    """Whether a function of a package was called in the user's files themselves."""
    return calling_frame() is not None


def calling_frame():
    """The frame of the user's files that called a function of a package; None where a package called it."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename.startswith(OUR_FOLDER):
        frame = frame.f_back
    return frame if frame is not None and is_users(frame.f_code.co_filename) else None


def is_comparing():
    """Whether the user's code itself compares two values now; a dict or a list that looks for one compares as well."""
    frames = frames_of_user()
    return bool(frames) and dis.opname[frames[0].f_code.co_code[frames[0].f_lasti]] == "COMPARE_OP"


def failing_place(traceback):
    """The place in the user's files where an exception left them last."""
    place = None
    while traceback is not None:
        filename = traceback.tb_frame.f_code.co_filename
        if is_users(filename):
            place = describe(filename, traceback.tb_lineno)
        traceback = traceback.tb_next
    return place


def is_raised_here(traceback):
    """Whether an exception was raised by a line of ours, and not by what it called."""
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    filename = traceback.tb_frame.f_code.co_filename
    return filename.startswith(OUR_FOLDER) and filename != IN_PLACE_OF_USERS


def remember(filename, source):
    """Gives the lines of a file as they were run: those of a notebook are its code alone."""
    lines = source.splitlines(True)
    linecache.cache[os.path.abspath(filename)] = (len(source), None, lines, os.path.abspath(filename))


def describe(filename, line):
    path = os.path.abspath(filename)
    relative = os.path.relpath(path)
    name = path if relative.startswith("..") else relative
    text = whole_call(path, line)
    return {"file": name.replace(os.sep, "/"), "line": line, "text": text}


def whole_call(path, line):
    """The source of the line, with the lines after it up to the closing bracket, on one line."""
    text = linecache.getline(path, line).strip()
    following = line + 1
    while text.count("(") > text.count(")") and following < line + 12:
        text = (text + " " + linecache.getline(path, following).strip()).strip()
        following += 1
    return text[:LONGEST_TEXT]
