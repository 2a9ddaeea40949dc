# What typing objects are at run time.
from typing import *
import typing
T = TypeVar("T")
U = TypeVar("U", bound=int)
V = TypeVar("V", int, str)
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
class NT(NamedTuple):
    a: int
    b: str = "x"
TD = TypedDict("TD", {"a": int})
class M(TypedDict, total=False): x: int
class Pr(Protocol):
    def m(self) -> int: ...
@runtime_checkable
class RP(Protocol):
    def m(self): ...
class Im:
    def m(self): return 1
for e in (
    "Tuple[()]",
    "cast(int, 'a')",
    "get_type_hints(f)",
    "get_origin(List[int]), get_args(Dict[str, int])",
    "NewType('Id', int)(5)",
    "TYPE_CHECKING",
    "Union[int, str].__args__",
    "class_ == 1",
    "isinstance(1, Union[int, str])",
    "ForwardRef('X')",
    "NoReturn",
    "Self",
    "reveal_type",
    "assert_type(1, int)",
    "Never",
    "LiteralString",
):
    def f(a: int, b: "str" = "x") -> Optional[int]: pass
    try: r = eval(e); print(e, "=", r if "function" not in repr(r) else "function")
    except Exception as x: print(e, "->", type(x).__name__, x)
@overload
def g(a: int) -> int: ...
def g(a): return a
@final
class Fin: pass
@no_type_check
def h(a: "not valid !"): pass
print(g(1), get_type_hints(h), Fin.__final__)
