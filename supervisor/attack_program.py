"""What `atoll check --attack` runs in a worker, once for each attempt: sys.argv[1] names it, "list" asks for the names.

The value is ["worked", what] or ["refused", why]; an attempt may also kill the worker, which is the best answer of all. Attempts by
`call` go straight to the kernel, as native code would that has taken the worker over; the others try what a program can.
"""
import sys

from _attack import calls, policy, syscall

AT_FDCWD, O_RDONLY, O_TMPFILE = -100, 0, 0o20200000
PROT_RWX, MAP_PRIVATE_ANON, SIGCHLD, SIGKILL = 7, 0x22, 17, 9
CLONE_NEWUSER, AF_UNIX, AF_INET, AF_NETLINK, SOCK_STREAM = 0x10000000, 1, 2, 16, 1
PAGE = 4096
attempts = {}


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
plain("read_other", "read a descriptor that is no pipe of its own", "read", 3, bytes(16), 16)
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


# ---- what a program can try
@attempt("open() from Python")
def python_open():
    open("/etc/passwd").close()


@attempt("list a directory from Python")
def python_listdir():
    import os
    os.listdir("/")


@attempt("find an environment variable")
def python_environment():
    import os
    if not os.environ:
        raise LookupError("the environment is empty")


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
