"""What `atoll check --attack` runs in a worker, once for each attempt: sys.argv[1] names it, "list" asks for the names; the other
words are what was granted.

The value is ["worked", what] or ["refused", why]; an attempt may also kill the worker, which is the best answer of all. Attempts by
`call` go straight to the kernel, as native code would that has taken the worker over; the others try what a program can.
"""
import sys

from _attack import calls, files_socket, policy, syscall

AT_FDCWD, O_RDONLY, O_TMPFILE = -100, 0, 0o20200000
PROT_RWX, MAP_PRIVATE_ANON, SIGCHLD, SIGKILL = 7, 0x22, 17, 9
CLONE_NEWUSER, AF_UNIX, AF_INET, AF_NETLINK, SOCK_STREAM = 0x10000000, 1, 2, 16, 1
PAGE = 4096
attempts = {}
granted = [word.split("=", 1) for word in sys.argv[2:]]
directories = [(kind, path) for kind, path in granted if kind != "env"]


def attempt(title):
    def register(function):
        attempts[function.__name__] = title, function
        return function
    return register


def call(name, *args):
    return syscall(calls[name], *args) if name in calls else -38


def plain(key, title, name, *args):
    attempts[key] = title, lambda: call(name, *args)


# ---- files
plain("open", "open a file", "open", b"/etc/passwd\0", O_RDONLY, 0)
plain("openat", "open a file by openat", "openat", AT_FDCWD, b"/etc/passwd\0", O_RDONLY, 0)
plain("openat2", "open a file by openat2", "openat2", AT_FDCWD, b"/etc/passwd\0", bytes(24), 24)
plain("proc", "open the supervisor's memory", "openat", AT_FDCWD, b"/proc/1/mem\0", 2, 0)
plain("tmpfile", "make a nameless file", "openat", AT_FDCWD, b"/tmp\0", O_TMPFILE | 2, 0o600)
plain("memfd", "make a file in memory", "memfd_create", b"x\0", 0)
plain("unlink", "remove a file", "unlinkat", AT_FDCWD, b"/tmp/none\0", 0)
plain("stat", "look at a file", "newfstatat", AT_FDCWD, b"/etc/passwd\0", bytes(256), 0)
plain("chdir", "change the directory", "chdir", b"/tmp\0")
plain("mount", "mount a file system", "mount", b"none\0", b"/tmp\0", b"tmpfs\0", 0, None)
plain("chroot", "change the root", "chroot", b"/\0")
# ---- descriptors
plain("read_other", "read a descriptor that is no pipe of its own", "read", 63, bytes(16), 16)
plain("write_request", "write into the request pipe", "write", 0, b"x", 1)
plain("dup", "copy a descriptor", "dup", 1)
plain("fcntl", "change a descriptor's flags", "fcntl", 1, 4, 0o4000)
plain("tiocsti", "type into a terminal", "ioctl", 0, 0x5412, b"x")
plain("pidfd", "take a descriptor of another process", "pidfd_open", 1, 0)
# ---- network
plain("inet", "make a network socket", "socket", AF_INET, SOCK_STREAM, 0)
plain("unix", "make a local socket", "socket", AF_UNIX, SOCK_STREAM, 0)
plain("netlink", "make a netlink socket", "socket", AF_NETLINK, SOCK_STREAM, 0)
plain("socketpair", "make a pair of sockets", "socketpair", AF_UNIX, SOCK_STREAM, 0, bytes(8))
# ---- processes
plain("fork", "fork", "fork")
plain("vfork", "vfork", "vfork")
plain("clone", "make a process by clone", "clone", SIGCHLD, None, None, None, None)
plain("clone_namespace", "make a user namespace by clone", "clone", SIGCHLD | CLONE_NEWUSER, None, None, None, None)
plain("clone3", "make a process by clone3", "clone3", bytes(32) + SIGCHLD.to_bytes(8, "little") + bytes(24), 64)
plain("unshare", "make a user namespace", "unshare", CLONE_NEWUSER)
plain("execve", "run a program", "execve", b"/bin/true\0", None, None)
plain("execveat", "run a program by descriptor", "execveat", AT_FDCWD, b"/bin/true\0", None, None, 0)
plain("kill_init", "kill process 1", "kill", 1, SIGKILL)
plain("ptrace", "trace process 1", "ptrace", 16, 1, None, None)
plain("vm_read", "read another process's memory", "process_vm_readv", 1, None, 0, None, 0, 0)
plain("setuid", "become root", "setuid", 0)
plain("setpriority", "take a higher priority", "setpriority", 0, 0, -20)


@attempt("kill the supervisor")
def kill_parent():
    return call("kill", call("getppid"), SIGKILL)


@attempt("signal another process as if it were itself")
def tgkill_parent():
    parent = call("getppid")
    return call("tgkill", parent, parent, SIGKILL)


# ---- memory
plain("exec_memory", "map executable memory", "mmap", None, PAGE, PROT_RWX, MAP_PRIVATE_ANON, -1, 0)
plain("userfaultfd", "handle its own page faults", "userfaultfd", 0)
plain("shm", "make System V shared memory", "shmget", 0, PAGE, 0o1600)


@attempt("make its memory executable")
def make_executable():
    page = call("mmap", None, PAGE, 3, MAP_PRIVATE_ANON, -1, 0)
    return page if page < 0 else call("mprotect", page, PAGE, PROT_RWX)


# ---- the kernel's larger doors
plain("io_uring", "make an io_uring", "io_uring_setup", 8, bytes(120))
plain("bpf", "load a program into the kernel", "bpf", 0, bytes(72), 72)
plain("perf", "watch events", "perf_event_open", bytes(120), 0, -1, -1, 0)
plain("keyring", "reach a keyring", "keyctl", 0, -3, 1)
plain("add_key", "keep a key", "add_key", b"user\0", b"x\0", b"y", 1, -2)
plain("module", "load a kernel module", "finit_module", 0, b"\0", 0)
plain("reboot", "reboot", "reboot", 0xFEE1DEAD, 672274793, 0x1234567)
plain("limits", "raise its own limits", "prlimit64", 0, 7, bytes(16), None)
plain("privileges", "change what seccomp does", "prctl", 22, 2, None)
plain("x32", "a system call of the x32 kind", "getpid")
attempts["x32"] = "call by the x32 numbers", lambda: syscall(0x40000000 + calls["getpid"])


@attempt("call through the 32-bit gate")
def gate_32():
    try:
        from _attack import syscall_32
    except ImportError:
        return -38
    return syscall_32(20)


# ---- the files server, by packets as native code could send them
OPEN, STAT, READLINK, MKDIR, UNLINK, RENAME, CHMOD, TRUNCATE, ADD_ROOT = 0, 1, 4, 5, 6, 7, 8, 9, 11
O_CREAT_WRITE, O_PATH = 0o101, 0o10000000


def request(op, name, flags=0, root=0, to=b"", length=None):
    """The server's answer to a request: 0, or a negative errno; -1 for none."""
    import struct
    length = len(name) if length is None else length
    packet = struct.pack("<7I4xq32x", op, root, root, length, len(to), flags & 0xFFFFFFFF, 0o600, 0) + name + to
    sent = call("write", files_socket, packet, len(packet))
    answer = bytes(8192)
    if sent < 0 or call("read", files_socket, answer, len(answer)) < 12:
        return -1
    return -struct.unpack_from("<i", answer)[0]


def covered(path):
    return any(path == directory or path.startswith(directory.rstrip("/") + "/") for _, directory in directories)


def all_refused(answers):
    """The first answer that is no refusal, else the last one."""
    worst = -1
    for answer in answers:
        worst = answer
        if answer >= 0:
            break
    return worst


def files_attempt(title):
    return attempt(title) if files_socket is not None else lambda function: function


OUTSIDE = [b"/etc/passwd", b"../" * 40 + b"etc/passwd", b"..", b"./../", b"/proc/self/mem", b"/proc/self/fd/0", b"//etc/passwd"]


@files_attempt("ask the files server for a name outside")
def server_outside():
    return all_refused(request(op, name, flags) for name in OUTSIDE for op, flags in
                       ((OPEN, 0), (OPEN, O_PATH), (STAT, 0), (STAT, 0x100), (READLINK, 0), (ADD_ROOT, 0)))


@files_attempt("ask the files server to change what is outside")
def server_outside_change():
    return all_refused(request(op, name + b"/attack", O_CREAT_WRITE if op == OPEN else 0, root, b"../attack" if op == RENAME else b"")
                       for root in range(len(directories)) for name in OUTSIDE
                       for op in (OPEN, MKDIR, UNLINK, RENAME, CHMOD, TRUNCATE))


@files_attempt("write where reading is granted")
def server_write():
    readable = [i for i, (kind, _) in enumerate(directories) if kind == "read"]
    return all_refused(request(op, b"attack", O_CREAT_WRITE if op == OPEN else 1, root) for root in readable
                       for op in (OPEN, MKDIR, UNLINK, CHMOD, TRUNCATE, ADD_ROOT))


@files_attempt("ask the files server for a directory by a number of no grant")
def server_root():
    return all_refused(request(STAT, b".", 0, root) for root in (len(directories), 31, 32, 0x7FFFFFFF, 0xFFFFFFFF))


@files_attempt("send the files server packets that lie")
def server_garbage():
    return all_refused([request(STAT, b"x", 0, 0, b"", 0xFFFFFFFF), request(STAT, b"x", 0, 0, b"", 4096), request(STAT, b"a\0b"),
                        request(99, b"."), request(STAT, b".", 0, 0, b"."), request(OPEN, b".", -1), request(RENAME, b"", 0, 0, b"")])


# ---- what a program can try
@attempt("open() from Python")
def python_open():
    if covered("/etc/passwd"):
        raise PermissionError("it is granted")
    open("/etc/passwd").close()


@attempt("list a directory from Python")
def python_listdir():
    import os
    if covered("/"):
        raise PermissionError("it is granted")
    os.listdir("/")


@attempt("find an environment variable")
def python_environment():
    import os
    told = {name for kind, name in granted if kind == "env"} | {"TMPDIR" for kind, _ in directories if kind == "write"}
    if not os.environ.keys() - told:
        raise LookupError("the environment has nothing else" if os.environ else "the environment is empty")


@attempt("start a process from Python")
def python_process():
    import subprocess
    subprocess.run(["/bin/true"])


@attempt("connect from Python")
def python_socket():
    import socket
    socket.create_connection(("127.0.0.1", 22), timeout=1)


@attempt("a memory bomb")
def memory_bomb():
    heap = []
    while True:
        heap.append(bytearray(1 << 20))


@attempt("a thread bomb")
def thread_bomb():
    import threading
    stop = threading.Event()
    try:
        for _ in range(100000):
            threading.Thread(target=stop.wait, daemon=True).start()
    finally:
        stop.set()


# ---- every number
def unlisted():
    return {name: number for name, number in calls.items() if name not in policy and number >= 0}


def try_number(name):
    return lambda: syscall(calls[name], -1, -1, -1, -1, -1, -1)


def run(function):
    try:
        answer = function()
    except Exception as error:
        return ["refused", f"{type(error).__name__}: {error}"]
    if answer is None or answer >= 0:
        return ["worked", "done" if answer is None else f"the kernel answered {answer}"]
    import errno
    return ["refused", errno.errorcode.get(-answer, str(answer))]


def main(wanted):
    if wanted == "list":
        return [[key, title] for key, (title, _) in attempts.items()] + [["=" + name, name] for name in unlisted()]
    if wanted.startswith("="):
        return run(try_number(wanted[1:]))
    return run(attempts[wanted][1])


main(sys.argv[1])
