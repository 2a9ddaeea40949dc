#!/usr/bin/python3
"""A client that knows nothing of Atoll's code: says hello, submits a program, prints its output and outcome."""
import socket
import sys

import msgpack

PROGRAM = """
import sys
print("counting")
print("a warning", file=sys.stderr)
{"squares": [i * i for i in range(5)], "name": "caf\\u00e9"}
"""

connection = socket.socket(socket.AF_UNIX)
connection.connect(sys.argv[1])


def request(number, method, params):
    connection.sendall(msgpack.packb([0, number, method, [params]]))


def messages():
    unpacker = msgpack.Unpacker()
    while data := connection.recv(65536):
        unpacker.feed(data)
        yield from unpacker


request(1, "hello", {"protocol": 1, "name": "third-party", "version": "1"})
for kind, *rest in messages():
    if kind == 1 and rest[1]:
        sys.exit(f"refused: {rest[1]}")
    elif kind == 1 and rest[0] == 1:
        print("hello from", rest[2]["name"])
        request(2, "submit", {"source": PROGRAM, "want_output": True})
    elif rest[0] == "output":
        print(rest[1][0].get("stream", "stdout") + ":", rest[1][0]["data"].decode(), end="")
    elif rest[0] == "outcome":
        sys.exit(print(rest[1][0]["verdict"], msgpack.unpackb(rest[1][0]["value"])))
