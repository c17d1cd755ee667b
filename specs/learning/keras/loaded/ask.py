"""Stands in for Python: serve.py runs the program, in this folder and environment and with these streams.

Usage: python ask.py SOCKET [-u] SCRIPT [ARGUMENT…]
"""

import json
import os
import socket
import sys

arguments = sys.argv[2:]
if arguments[0] == "-u":
    arguments.pop(0)
server = socket.socket(socket.AF_UNIX)
server.connect(sys.argv[1])
message = json.dumps({"arguments": arguments, "folder": os.getcwd(), "environment": dict(os.environ)})
socket.send_fds(server, [message.encode() + b"\n"], [0, 1, 2])
sys.exit(server.recv(1)[0])
