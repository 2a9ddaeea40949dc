"""For modules that stand in for native ones of CPython, and take the library's pure twin of it: the words in which native code
refuses, put over what the twin does."""

__all__ = ("Signature", "in_class", "native", "type_name", "with_words")


def type_name(o):
    """The name of o's class as native code tells it: with the module for its own classes."""
    cls = type(o)
    return f"{cls.__module__}.{cls.__name__}" if cls.__module__ in _MODULES else cls.__name__


_MODULES = ("datetime", "decimal")


class Signature:
    """What a native function takes, and how it refuses the rest: least..positional arguments by position, more by name.
    takes_state: or bytes, which a pickle has in place of the arguments."""

    def __init__(self, name, names, least=0, positional=None, *, takes_state=False):
        self.title = f"{name}()" if name else "function"
        self.short = f"{name}()" if name else "this function"
        self.names = names
        self.least = least
        self.takes_state = takes_state
        self.positional = len(names) if positional is None else positional

    def check(self, args, kwargs):
        """Raises TypeError unless a call with these arguments binds."""
        if self.takes_state and args and isinstance(args[0], bytes):
            return
        given = len(args) + len(kwargs)
        if given > len(self.names):
            self._refuse_count(len(self.names), "" if args else "keyword ", given)
        if len(args) > self.positional:
            self._refuse_count(self.positional, "positional ", len(args))
        for k, name in enumerate(self.names):
            if k < len(args):
                if name in kwargs:
                    raise TypeError(f"argument for {self.title} given by name ('{name}') and position ({k + 1})")
            elif k < self.least and name not in kwargs:
                raise TypeError(f"{self.title} missing required argument '{name}' (pos {k + 1})")
        for name in kwargs:
            if name not in self.names:
                raise TypeError(f"'{name}' is an invalid keyword argument for {self.short}")

    def _refuse_count(self, limit, kind, given):
        plural = "" if limit == 1 else "s"
        raise TypeError(f"{self.title} takes at most {limit} {kind}argument{plural} ({given} given)")


def native(pure, signature):
    """`pure`, that refuses arguments which do not bind with the native words."""
    def call(self, *args, **kwargs):
        try:
            return pure(self, *args, **kwargs)
        except TypeError as e:
            refused = e
        try:
            signature.check(args, kwargs)
            raise refused
        finally:
            del refused
    call.__name__ = pure.__name__
    call.__qualname__ = pure.__qualname__
    call.__doc__ = pure.__doc__
    return call


def with_words(pure, error, words, instead):
    """`pure`; an `error` that says `words` says `instead`."""
    def call(*args, **kwargs):
        try:
            return pure(*args, **kwargs)
        except error as e:
            if str(e) != words:
                raise
        raise error(instead)
    call.__name__ = pure.__name__
    call.__qualname__ = pure.__qualname__
    call.__doc__ = pure.__doc__
    return call


def in_class(cls, **members):
    for name, member in members.items():
        function = member.__func__ if isinstance(member, classmethod) else member
        function.__name__ = name
        function.__qualname__ = f"{cls.__name__}.{name}"
        setattr(cls, name, member)
