"""client.py SOCKET ARGUMENT…: has the server run one AWS CLI command with this process's streams; same exit code."""

import json
import os
import socket
import sys

connection = socket.socket(socket.AF_UNIX)
connection.connect(sys.argv[1])
wanted = {"argv": sys.argv[2:], "cwd": os.getcwd(), "env": dict(os.environ)}
line = json.dumps(wanted).encode() + b"\n"
sent = socket.send_fds(connection, [line], [0, 1, 2])
connection.sendall(line[sent:])
answer = b""
while not answer.endswith(b"\n"):
    more = connection.recv(16)
    if not more:
        break
    answer += more
os._exit(int(answer or b"255"))
