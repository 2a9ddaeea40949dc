"""Sockets without a network: a worker has none. socketpair() makes two ends in the worker's own memory (asyncio's event loop
wakes itself with them); everything that would reach another process raises PermissionError."""
import os
from enum import IntEnum, IntFlag
from errno import EAFNOSUPPORT, EAGAIN, EBADF, EINVAL, ENOTCONN, EPERM, EPIPE

import select as _select

__all__ = ["AddressFamily", "SocketKind", "MsgFlag", "AddressInfo", "socket", "socketpair", "create_connection",
           "create_server", "has_dualstack_ipv6", "getaddrinfo", "gethostbyname", "gethostname", "getfqdn", "getnameinfo",
           "fromfd", "error", "herror", "gaierror", "timeout", "SocketType", "has_ipv6", "getdefaulttimeout",
           "setdefaulttimeout", "htons", "htonl", "ntohs", "ntohl", "inet_aton", "inet_ntoa", "inet_pton",
           "inet_ntop", "close", "dup"]


class AddressFamily(IntEnum):
    AF_UNSPEC = 0
    AF_UNIX = 1
    AF_INET = 2
    AF_INET6 = 10
    AF_NETLINK = 16
    AF_PACKET = 17


class SocketKind(IntEnum):
    SOCK_STREAM = 1
    SOCK_DGRAM = 2
    SOCK_RAW = 3
    SOCK_RDM = 4
    SOCK_SEQPACKET = 5
    SOCK_NONBLOCK = 2048
    SOCK_CLOEXEC = 524288


class MsgFlag(IntFlag):
    MSG_OOB = 1
    MSG_PEEK = 2
    MSG_DONTROUTE = 4
    MSG_DONTWAIT = 64
    MSG_WAITALL = 256
    MSG_NOSIGNAL = 16384


class AddressInfo(IntFlag):
    AI_PASSIVE = 1
    AI_CANONNAME = 2
    AI_NUMERICHOST = 4
    AI_V4MAPPED = 8
    AI_ALL = 16
    AI_ADDRCONFIG = 32
    AI_NUMERICSERV = 1024


for _members in (AddressFamily, SocketKind, MsgFlag, AddressInfo):
    globals().update(_members.__members__)
    __all__.extend(_members.__members__)

_NUMBERS = dict(
    SOL_SOCKET=1, SO_REUSEADDR=2, SO_TYPE=3, SO_ERROR=4, SO_BROADCAST=6, SO_SNDBUF=7, SO_RCVBUF=8, SO_KEEPALIVE=9,
    SO_LINGER=13, SO_REUSEPORT=15, SO_RCVTIMEO=20, SO_SNDTIMEO=21, SOMAXCONN=4096, IPPROTO_IP=0, IPPROTO_ICMP=1,
    IPPROTO_TCP=6, IPPROTO_UDP=17, IPPROTO_IPV6=41, IPV6_V6ONLY=26, TCP_NODELAY=1, TCP_KEEPIDLE=4, TCP_KEEPINTVL=5,
    TCP_KEEPCNT=6, SHUT_RD=0, SHUT_WR=1, SHUT_RDWR=2, EAI_AGAIN=-3, EAI_FAIL=-4, EAI_FAMILY=-6, EAI_NONAME=-2,
    NI_NUMERICHOST=1, NI_NUMERICSERV=2, INADDR_ANY=0, INADDR_BROADCAST=0xFFFFFFFF, INADDR_LOOPBACK=0x7F000001)
globals().update(_NUMBERS)
__all__.extend(_NUMBERS)
del _NUMBERS, _members

error = OSError
timeout = TimeoutError
has_ipv6 = False
_GLOBAL_DEFAULT_TIMEOUT = object()
_default_timeout = None


class herror(OSError):
    pass


class gaierror(OSError):
    pass


def _refuse():
    raise PermissionError(EPERM, os.strerror(EPERM))


class socket:
    """One end of a connection. Only socketpair() makes any."""

    __slots__ = ("__weakref__", "_number", "_peer", "_received", "_ended", "_shut", "_timeout", "family", "type", "proto")

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        _refuse()

    @classmethod
    def _make(cls, family, type, proto):
        self = cls.__new__(cls)
        self.family, self.type, self.proto = family, type, proto
        self._received, self._ended, self._shut = bytearray(), False, False
        self._peer, self._timeout = None, _default_timeout
        self._number = _select._register(self)
        return self

    def _readable(self):
        return bool(self._received) or self._ended

    def _writable(self):
        peer = self._peer
        return peer is None or peer._ended or len(peer._received) < 1 << 18

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.close()

    def __repr__(self):
        state = " [closed]" if self._number < 0 else ""
        return (f"<{self.__class__.__module__}.{self.__class__.__qualname__}{state} fd={self._number}, "
                f"family={self.family!s}, type={self.type!s}, proto={self.proto}>")

    def __getstate__(self):
        raise TypeError(f"cannot pickle {self.__class__.__name__!r} object")

    def _check(self):
        if self._number < 0:
            raise OSError(EBADF, os.strerror(EBADF))

    def _wait(self, reading):
        if self._timeout == 0:
            raise BlockingIOError(EAGAIN, os.strerror(EAGAIN))
        files = [self._number]
        ready = _select.select(files if reading else [], [] if reading else files, [], self._timeout)
        if not ready[0] and not ready[1]:
            raise TimeoutError("timed out")

    def fileno(self):
        return self._number

    def detach(self):
        number, self._number = self._number, -1
        return number

    def close(self):
        if self._number < 0:
            return
        number, self._number = self._number, -1
        peer, self._peer = self._peer, None
        if peer is not None:
            peer._ended = True
            peer._peer = None
        _select._forget(number)

    def shutdown(self, how):
        self._check()
        if how in (SHUT_RD, SHUT_RDWR):
            self._ended = True
        if how in (SHUT_WR, SHUT_RDWR):
            self._shut = True
            if self._peer is not None:
                self._peer._ended = True
        _select._wake()

    def recv(self, bufsize, flags=0):
        self._check()
        if bufsize < 0:
            raise ValueError("negative buffersize in recv")
        while not self._readable():
            self._wait(True)
            self._check()
        data = bytes(self._received[:bufsize])
        if not flags & MSG_PEEK:
            del self._received[:bufsize]
        _select._wake()
        return data

    def recv_into(self, buffer, nbytes=0, flags=0):
        view = memoryview(buffer).cast("B")
        data = self.recv(nbytes or len(view), flags)
        view[:len(data)] = data
        return len(data)

    def recvfrom(self, bufsize, flags=0):
        return self.recv(bufsize, flags), None

    def send(self, data, flags=0):
        self._check()
        data = memoryview(data).cast("B")
        while not self._writable():
            self._wait(False)
            self._check()
        peer = self._peer
        if peer is None or peer._ended or self._shut:
            raise BrokenPipeError(EPIPE, os.strerror(EPIPE))
        part = data[:(1 << 18) - len(peer._received)]
        peer._received += part
        _select._wake()
        return len(part)

    def sendall(self, data, flags=0):
        data = memoryview(data).cast("B")
        while data:
            data = data[self.send(data, flags):]

    def setblocking(self, flag):
        self._timeout = None if flag else 0.0

    def getblocking(self):
        return self._timeout != 0

    def settimeout(self, value):
        if value is not None and value < 0:
            raise ValueError("Timeout value out of range")
        self._timeout = value if value is None else float(value)

    def gettimeout(self):
        return self._timeout

    timeout = property(gettimeout)

    def get_inheritable(self):
        return False

    def set_inheritable(self, inheritable):
        pass

    def setsockopt(self, *args):
        self._check()

    def getsockopt(self, level, name, buflen=None):
        self._check()
        return int(self.type) if name == SO_TYPE else 0

    def getsockname(self):
        self._check()
        return ""

    def getpeername(self):
        self._check()
        if self._peer is None:
            raise OSError(ENOTCONN, os.strerror(ENOTCONN))
        return ""

    def _refused(self, *args, **kwargs):
        self._check()
        _refuse()

    bind = listen = accept = connect = connect_ex = dup = makefile = sendto = sendmsg = recvmsg = sendfile = _refused


SocketType = socket


def socketpair(family=None, type=SOCK_STREAM, proto=0):
    """Two connected ends."""
    family = AF_UNIX if family is None else family
    if family != AF_UNIX or type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC) != SOCK_STREAM:
        raise OSError(EINVAL, os.strerror(EINVAL))
    a, b = socket._make(family, type, proto), socket._make(family, type, proto)
    a._peer, b._peer = b, a
    return a, b


def fromfd(fd, family, type, proto=0):
    _refuse()


def close(fd):
    channel = _select._channels.get(fd)
    if channel is None:
        raise OSError(EBADF, os.strerror(EBADF))
    channel.close()


def dup(fd):
    _refuse()


def create_connection(address, timeout=_GLOBAL_DEFAULT_TIMEOUT, source_address=None, *, all_errors=False):
    _refuse()


def create_server(address, *, family=AF_INET, backlog=None, reuse_port=False, dualstack_ipv6=False):
    _refuse()


def has_dualstack_ipv6():
    return False


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    raise gaierror(EAI_AGAIN, "Temporary failure in name resolution")


def getnameinfo(sockaddr, flags):
    raise gaierror(EAI_AGAIN, "Temporary failure in name resolution")


def gethostbyname(hostname):
    if hostname in ("localhost", "127.0.0.1"):
        return "127.0.0.1"
    raise gaierror(EAI_AGAIN, "Temporary failure in name resolution")


def gethostname():
    return os.uname().nodename


def getfqdn(name=""):
    return name.strip() or gethostname()


def getdefaulttimeout():
    return _default_timeout


def setdefaulttimeout(timeout):
    global _default_timeout
    if timeout is not None and timeout < 0:
        raise ValueError("Timeout value out of range")
    _default_timeout = timeout


def _swapped(value, size, function):
    if value < 0:
        raise OverflowError(f"{function}: can't convert negative Python int to C {8 * size}-bit unsigned integer")
    if value >> 8 * size:
        raise OverflowError(f"{function}: Python int too large to convert to C {8 * size}-bit unsigned integer")
    return int.from_bytes(value.to_bytes(size, "big"), "little")


def htons(x, /):
    return _swapped(x, 2, "htons")


def ntohs(x, /):
    return _swapped(x, 2, "ntohs")


def htonl(x, /):
    return _swapped(x, 4, "htonl")


def ntohl(x, /):
    return _swapped(x, 4, "ntohl")


def _number_of(text, function):
    """What strtoul() with base 0 makes of a part of an address."""
    base = 16 if text[:2] in ("0x", "0X") else 8 if text[:1] == "0" else 10
    digits = text[2:] if base == 16 else text
    if not digits.isascii() or not digits.isalnum():
        raise OSError(f"illegal IP address string passed to {function}")
    return int(digits, base)


def inet_aton(ip_string, /):
    """The four bytes of an address of up to four parts, decimal, octal or hexadecimal; the last part fills what is left."""
    for end, c in enumerate(ip_string):
        if c in " \t\n\r\v\f":
            ip_string = ip_string[:end]
            break
    parts = ip_string.split(".")
    try:
        *first, last = [_number_of(part, "inet_aton") for part in parts]
        if len(first) < 4:
            return bytes(first) + last.to_bytes(4 - len(first), "big")
    except (ValueError, OverflowError):
        pass
    raise OSError("illegal IP address string passed to inet_aton")


def inet_ntoa(packed_ip, /):
    if len(packed_ip) != 4:
        raise OSError("packed IP wrong length for inet_ntoa")
    return ".".join(map(str, bytes(packed_ip)))


def _pack_ipv4(text):
    parts = text.split(".")
    if len(parts) != 4:
        raise ValueError
    for part in parts:
        if not (part.isascii() and part.isdigit()) or (len(part) > 1 and part[0] == "0"):
            raise ValueError
    return bytes(map(int, parts))


def _pack_groups(text):
    """The bytes of "a:b:c", whose last group may be an IPv4 address."""
    if not text:
        return b""
    *groups, last = text.split(":")
    packed = _pack_ipv4(last) if "." in last else None
    if packed is None:
        groups.append(last)
        packed = b""
    for group in groups:
        if not 1 <= len(group) <= 4 or not group.isascii() or not group.isalnum():
            raise ValueError
    return bytes.fromhex("".join([group.zfill(4) for group in groups])) + packed


def _pack_ipv6(text):
    head, gap, tail = text.partition("::")
    if gap and "." in head:
        raise ValueError
    head, tail = _pack_groups(head), _pack_groups(tail)
    left = 16 - len(head) - len(tail)
    if left < 2 if gap else left:
        raise ValueError
    return head + bytes(left) + tail


def inet_pton(address_family, ip_string, /):
    pack = {AF_INET: _pack_ipv4, AF_INET6: _pack_ipv6}.get(address_family)
    if pack is None:
        raise OSError(EAFNOSUPPORT, os.strerror(EAFNOSUPPORT))
    try:
        return pack(ip_string)
    except ValueError:
        raise OSError("illegal IP address string passed to inet_pton") from None


def _longest_gap(groups):
    """Start and length of the longest run of zeros, the first of equals."""
    best, start = (0, 0), None
    for i, group in enumerate(groups + [1]):
        if group == 0:
            start = i if start is None else start
        elif start is not None:
            best = max(best, (i - start, -start))
            start = None
    return -best[1], best[0]


def inet_ntop(address_family, packed_ip, /):
    if address_family not in (AF_INET, AF_INET6):
        raise ValueError(f"unknown address family {address_family}")
    packed = bytes(packed_ip)
    if len(packed) != (4 if address_family == AF_INET else 16):
        raise ValueError("invalid length of packed IP address string")
    if address_family == AF_INET:
        return inet_ntoa(packed)
    groups = [int.from_bytes(packed[i:i + 2], "big") for i in range(0, 16, 2)]
    start, length = _longest_gap(groups)
    if start == 0 and (length == 6 or (length == 5 and groups[5] == 0xFFFF)):
        return ("::" if length == 6 else "::ffff:") + inet_ntoa(packed[12:])
    texts = [format(group, "x") for group in groups]
    if length < 2:
        return ":".join(texts)
    return ":".join(texts[:start]) + "::" + ":".join(texts[start + length:])
