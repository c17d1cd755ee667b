"""A Python that loads Keras once: each program that it is asked for runs in a process forked from it.

Usage: python serve.py SOCKET  It is asked by ask.py, and ends with its standard input.
"""

import gc
import json
import os
import runpy
import select
import socket
import sys


def main(path):
    server = socket.socket(socket.AF_UNIX)
    server.bind(path)
    server.listen()
    print("ready")
    is_loaded = False
    while sys.stdin not in select.select([server, sys.stdin], [], [])[0]:
        caller, _ = server.accept()
        if not is_loaded:
            load()
            is_loaded = True
        if os.fork() == 0:
            server.close()
            answer(caller)
        caller.close()
        forget_ended()


def load():
    """A collector that never visits what is loaded is quicker, and leaves the memory that the processes share as it is."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    gc.disable()
    __import__("keras")
    gc.freeze()
    gc.enable()


def answer(caller):
    """Runs one program as a child with the caller's streams, and tells the caller its exit code."""
    message, streams, _, _ = socket.recv_fds(caller, 1 << 16, 3)
    while not message.endswith(b"\n"):
        message += caller.recv(1 << 16)
    child = os.fork()
    if child == 0:
        caller.close()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        become(**json.loads(message))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    caller.sendall(bytes([code & 255]))
    os._exit(0)


def become(arguments, folder, environment):
    """Does what `python SCRIPT ARGUMENT…` does in this folder."""
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = arguments
    sys.path[0] = os.path.dirname(os.path.abspath(arguments[0]))
    runpy.run_path(arguments[0], run_name="__main__")
    sys.exit()


def forget_ended():
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        pass


if __name__ == "__main__":
    main(sys.argv[1])
