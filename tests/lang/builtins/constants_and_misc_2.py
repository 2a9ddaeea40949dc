# Singletons, __debug__, __import__, help-free built-ins, names list.
import builtins
for st in (
    "global None",
    "Ellipsis = 1",
    "NotImplemented = 1",
    "... = 1",
    "with x as True: pass",
    "def f(True): pass",
    "except_ = None",
    "f(True=1)",
    "del __debug__",
    "def __debug__(): pass",
    "x.__debug__ = 1",
    "import __debug__",
    "def f(__debug__): pass",
    "True: int = 1",
):
    try: compile(st, "<c>", "exec"); print(st, "| ok")
    except SyntaxError as e: print(st, "|", e.msg)
for e in (
    "None + 1",
    "None < None",
    "None()",
    "None[0]",
    "len(None)",
    "None.foo",
    "...()",
    "... + 1",
    "NotImplemented()",
    "bool(...)",
    "int(None)",
    "None == None",
    "None != 0",
    "not None",
    "None is not None",
    "None and 1",
    "[None] * 2",
    "{None: 1}[None]",
):
    try: print(e, "=", eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
for e in (
    "type(None)()",
    "type(...)()",
    "type(NotImplemented)()",
    "type(None)(1)",
    "None.__class__",
    "None.__bool__()",
    "None.__eq__(None)",
    "None.__eq__(1)",
    "hash(None) == hash(None)",
    "isinstance(None, object)",
    "repr(None), str(...), repr(NotImplemented)",
    "...  == ...",
    "sorted([None])",
    "sorted([None, None])",
    "max(None, 1)",
    "f'{None}'",
    "'%s' % None",
    "str(None)",
):
    try: print(e, "=", eval(e))
    except Exception as x: print(e, "->", type(x).__name__, x)
m = __import__("math")
print(m.__name__, __import__("collections.abc").__name__, __import__("collections.abc", fromlist=["abc"]).__name__)
for c in ("__import__()", "__import__(5)", "__import__('')", "__import__('no_such')", "__import__('math.x')", "__import__('.x')"):
    try: eval(c)
    except Exception as e: print(c, "->", type(e).__name__, e)
print(bin(10), oct(10), hex(255), bin(-10), chr(65), ord("A"), ascii("é"), repr("x"), hash(5), id(None) == id(None), callable(print), bool(0), int("5"), float("1.5"), complex(1, 2), str(5), bytes(2), bytearray(1), list("a"), tuple("a"), set("a"), frozenset("a"), dict(a=1), range(3), slice(1), memoryview(b"a")[0], object().__class__, type(5), super.__name__, property.__name__, staticmethod.__name__, classmethod.__name__)
print(len.__name__, len.__module__, len.__qualname__, len.__text_signature__, print.__name__, sum.__self__.__name__, abs.__class__)
print(any(isinstance(getattr(builtins, n), type) for n in dir(builtins)), sum(isinstance(getattr(builtins, n), type) for n in dir(builtins)), [n for n in dir(builtins) if n.startswith("__")])
copyright_ = [n for n in ("copyright", "credits", "exit", "quit", "license", "help") if hasattr(builtins, n)]
print(len(copyright_) in (0, 6))
