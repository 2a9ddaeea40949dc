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
