#!/usr/bin/python3
"""A client that knows nothing of Atoll's own code: says hello, submits a program, prints its output and its outcome."""
import socket
import sys

import msgpack

PROGRAM = """
import sys
print("counting")
for i in range(3):
    print("line", i)
print("to stderr", file=sys.stderr)
{"squares": [i * i for i in range(5)], "name": "caf\\u00e9"}
"""


def main(path):
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(path)
    unpacker = msgpack.Unpacker()

    def messages():
        while data := connection.recv(65536):
            unpacker.feed(data)
            yield from unpacker

    def request(number, method, params):
        connection.sendall(msgpack.packb([0, number, method, params]))

    request(1, "hello", {"protocol": 1, "name": "third-party", "version": "1"})
    for message in messages():
        if message[0] == 1:
            if message[2] is not None:
                sys.exit(f"refused: {message[2]}")
            if message[1] == 1:
                print("hello from", message[3]["name"], "with caps", sorted(message[3].get("caps", {})))
                request(2, "submit", {"source": PROGRAM, "want_output": True})
        elif message[1] == "output":
            print(message[2].get("stream", "stdout"), message[2]["data"].decode().rstrip("\n"))
        elif message[1] == "outcome":
            print(message[2]["verdict"], msgpack.unpackb(message[2]["value"]))
            return


if __name__ == "__main__":
    main(sys.argv[1])
