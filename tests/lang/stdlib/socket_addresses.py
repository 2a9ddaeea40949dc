# Addresses to bytes and back: no network is needed for that.
import socket


def show(function, *args):
    try:
        print(repr(args[-1]), "->", function(*args))
    except (OSError, ValueError, TypeError) as e:
        print(repr(args[-1]), "->", type(e).__name__, e)


print("aton")
for text in ("127.0.0.1", "1.2", "0x7f.1", "010.8.9", "1.2.3.4 tail", "1.2.3.4\n", "1.2.3.256", "1.2.3.4.5", "", " 1.2.3.4",
             "4294967295", "4294967296", "1.65536.3", "1.2.65535", "08.1.1.1", "a.b.c.d", "1..2.3", "0xg.1.1.1", "1.2.3.4x", "-1.2.3.4",
             "0.0.0.0", "255.255.255.255", "1.2.3.", "\u0661.2.3.4", "1_0.2.3.4", "0x"):
    show(socket.inet_aton, text)

print("pton 4")
for text in ("127.0.0.1", "1.2", "01.2.3.4", "1.2.3.256", "1.2.3.4 ", "0.0.0.0", "", "1.2.3.4.5", "0x1.2.3.4", "1.2.3.-4"):
    show(socket.inet_pton, socket.AF_INET, text)

print("pton 6")
for text in ("::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8::", "1::2::3", ":1", "1:", ":::",
             "12345::", "g::", "::ffff:1.2.3.4", "1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "1.2.3.4::", "1.2.3.4", "ABCD::ef",
             "::1%lo", "1:2:3:4:5:6:7", "::01.2.3.4", "1:2:3:4::5:6:7:8", "fe80::1:0:0:2", "::0x1", ""):
    show(socket.inet_pton, socket.AF_INET6, text)
show(socket.inet_pton, socket.AF_UNIX, "x")

print("ntop")
for packed in (b"\x7f\0\0\1", bytes(4), b"\xff" * 4, b"abc", bytearray(b"\1\2\3\4")):
    show(socket.inet_ntop, socket.AF_INET, packed)
for words in ("0 0 0 0 0 0 0 0", "0 0 0 0 0 0 0 1", "1 0 0 0 0 0 0 0", "1 2 3 4 5 6 7 8", "0 0 0 0 0 ffff 102 304", "0 0 0 0 0 0 102 304",
              "1 0 0 2 0 0 3 4", "1 0 2 0 3 0 4 0", "1 0 0 2 0 0 0 3", "fe80 0 0 0 1 0 0 0", "0 1 0 0 0 0 0 abcd", "1 2 3 4 5 6 7 0",
              "0 0 0 0 0 1 102 304", "0 0 0 0 ffff 0 102 304"):
    packed = b"".join(int(w, 16).to_bytes(2, "big") for w in words.split())
    show(socket.inet_ntop, socket.AF_INET6, packed)
    assert socket.inet_pton(socket.AF_INET6, socket.inet_ntop(socket.AF_INET6, packed)) == packed
show(socket.inet_ntop, socket.AF_INET6, b"abc")
show(socket.inet_ntop, 99, b"abcd")

print("ntoa")
for packed in (b"\1\2\3\4", bytearray(b"\0\0\0\xff"), b"12345"):
    show(socket.inet_ntoa, packed)
