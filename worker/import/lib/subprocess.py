"""Subprocesses, which a worker cannot have: the names are there, and starting one raises PermissionError."""
import os
from errno import EPERM

__all__ = ["Popen", "PIPE", "STDOUT", "call", "check_call", "getstatusoutput", "getoutput", "check_output", "run",
           "CalledProcessError", "DEVNULL", "SubprocessError", "TimeoutExpired", "CompletedProcess", "list2cmdline"]

PIPE = -1
STDOUT = -2
DEVNULL = -3


class SubprocessError(Exception):
    pass


class CalledProcessError(SubprocessError):
    def __init__(self, returncode, cmd, output=None, stderr=None):
        self.returncode = returncode
        self.cmd = cmd
        self.output = output
        self.stderr = stderr

    def __str__(self):
        what = f"died with signal {-self.returncode}" if self.returncode and self.returncode < 0 else \
            f"returned non-zero exit status {self.returncode}"
        return f"Command {self.cmd!r} {what}."

    @property
    def stdout(self):
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class TimeoutExpired(SubprocessError):
    def __init__(self, cmd, timeout, output=None, stderr=None):
        self.cmd = cmd
        self.timeout = timeout
        self.output = output
        self.stderr = stderr

    def __str__(self):
        return f"Command '{self.cmd}' timed out after {self.timeout} seconds"

    @property
    def stdout(self):
        return self.output

    @stdout.setter
    def stdout(self, value):
        self.output = value


class CompletedProcess:
    def __init__(self, args, returncode, stdout=None, stderr=None):
        self.args = args
        self.returncode = returncode
        self.stdout = stdout
        self.stderr = stderr

    def __repr__(self):
        parts = [f"args={self.args!r}", f"returncode={self.returncode!r}"]
        if self.stdout is not None:
            parts.append(f"stdout={self.stdout!r}")
        if self.stderr is not None:
            parts.append(f"stderr={self.stderr!r}")
        return f"{type(self).__name__}({', '.join(parts)})"

    def check_returncode(self):
        if self.returncode:
            raise CalledProcessError(self.returncode, self.args, self.stdout, self.stderr)


class Popen:
    def __init__(self, args, *rest, **options):
        name = args if isinstance(args, (str, bytes, os.PathLike)) else next(iter(args), "")
        raise PermissionError(EPERM, os.strerror(EPERM), name)

    def __class_getitem__(cls, item):
        from types import GenericAlias
        return GenericAlias(cls, item)


def run(*popenargs, input=None, capture_output=False, timeout=None, check=False, **kwargs):
    Popen(*popenargs, **kwargs)


def call(*popenargs, timeout=None, **kwargs):
    Popen(*popenargs, **kwargs)


def check_call(*popenargs, **kwargs):
    Popen(*popenargs, **kwargs)


def check_output(*popenargs, timeout=None, **kwargs):
    Popen(*popenargs, **kwargs)


def getstatusoutput(cmd, *, encoding=None, errors=None):
    Popen(cmd)


def getoutput(cmd, *, encoding=None, errors=None):
    Popen(cmd)


def list2cmdline(seq):
    """The arguments as one line, quoted where a Windows program would need it."""
    words = []
    for arg in map(os.fsdecode, seq):
        quoted = not arg or " " in arg or "\t" in arg
        text, slashes = "", ""
        for char in arg:
            if char == "\\":
                slashes += char
                continue
            text += slashes * 2 + "\\" + char if char == '"' else slashes + char
            slashes = ""
        words.append(f'"{text}{slashes * 2}"' if quoted else text + slashes)
    return " ".join(words)


def _args_from_interpreter_flags():
    """Options that another interpreter of the same kind would be started with."""
    return []
