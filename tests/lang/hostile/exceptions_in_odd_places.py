# Exceptions raised where nobody expects them.
class B:
    def __getattr__(self, n): raise ValueError(f"getattr {n}")
    def __eq__(self, o): raise ValueError("eq")
    def __hash__(self): raise ValueError("hash")
    def __bool__(self): raise ValueError("bool")
    def __len__(self): raise ValueError("len")
    def __iter__(self): raise ValueError("iter")
    def __repr__(self): raise ValueError("repr")
    def __str__(self): raise ValueError("str")
    def __format__(self, s): raise ValueError("format")
    def __index__(self): raise ValueError("index")
    def __call__(self): raise ValueError("call")
    def __contains__(self, x): raise ValueError("contains")
    def __getitem__(self, i): raise ValueError("getitem")
    def __enter__(self): raise ValueError("enter")
    def __exit__(self, *a): raise ValueError("exit")
    def __instancecheck__(self, o): raise ValueError("instancecheck")
    def __add__(self, o): raise ValueError("add")
    def __set_name__(self, o, n): raise ValueError("set_name")
    def __get__(self, o, t): raise ValueError("get")
    def __del__(self): pass
    def __float__(self): raise ValueError("float")
    def __lt__(self, o): raise ValueError("lt")
    def __next__(self): raise ValueError("next")
    def __fspath__(self): raise ValueError("fspath")
b = B()
for src in (
    "b.x",
    "b == 1",
    "1 == b",
    "{b}",
    "not b",
    "b and 1",
    "len(b)",
    "list(b)",
    "[*b]",
    "repr(b)",
    "str(b)",
    "f'{b}'",
    "f'{b!r}'",
    "[b]",
    "print(b)",
    "[1][b]",
):
    try: eval(src); print(src, "no error")
    except ValueError as e: print(src, "->", e, "|", type(e.__context__).__name__)
    except Exception as e: print(src, "->", type(e).__name__, str(e)[:70])
for src in (
    "b()",
    "1 in b",
    "b[0]",
    "isinstance(1, b)",
    "b + 1",
    "sum([b, 1])",
    "float(b)",
    "sorted([b, b])",
    "max(b, b)",
    "min([b])",
    "{**b}",
    "dict(b)",
    "next(b)",
    "zip(b)",
    "map(len, b)",
    "any([b])",
):
    try: eval(src); print(src, "no error")
    except ValueError as e: print(src, "->", e, "|", type(e.__context__).__name__)
    except Exception as e: print(src, "->", type(e).__name__, str(e)[:70])
for src in (
    "[x for x in [1] if b]",
    "b in [1]",
    "[1].index(b)",
    "{}.get(b)",
    "range(b)",
    "'%s' % b",
    "'%d' % b",
    "'{}'.format(b)",
    "bytes(b)",
    "int(b)",
    "round(b)",
    "abs(b)",
    "hash((b,))",
    "(b,) == (1,)",
    "bool(b)",
    "hasattr(b, 'q')",
):
    try: eval(src); print(src, "no error")
    except ValueError as e: print(src, "->", e, "|", type(e.__context__).__name__)
    except Exception as e: print(src, "->", type(e).__name__, str(e)[:70])
for src in (
    "getattr(b, 'q', 1)",
    "type('X', (), {'a': b})",
    "1 if b else 2",
    "''.join(b)",
    "sep_ = print(1, sep=b)" if 0 else "chr(b)",
    "enumerate(b)",
    "b < 1",
    "str.join(',', b)",
    "set(b)",
    "slice(b, b).indices(5)",
    "[0, 1][b:]",
    "'x' * b",
    "open(b)" if 0 else "hex(b)",
):
    try: eval(src); print(src, "no error")
    except ValueError as e: print(src, "->", e, "|", type(e.__context__).__name__)
    except Exception as e: print(src, "->", type(e).__name__, str(e)[:70])
for st in ("for x in b: pass", "with b: pass", "a, c = b", "assert b", "if b: pass", "while b: pass", "class A: x = b", "del b[0]", "b += 1", "raise b", "try: raise KeyError\nexcept b: pass", "match b:\n case [x]: pass\n case 1: pass", "lambda *a: 0)(*b" if 0 else "print(*b)", "def f(x=b): pass\nf()"):
    try: exec(st); print(repr(st), "no error")
    except ValueError as e: print(repr(st), "->", e)
    except Exception as e: print(repr(st), "->", type(e).__name__, str(e)[:70])
