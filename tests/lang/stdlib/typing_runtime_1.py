# What typing objects are at run time.
from typing import *
import typing
print(Optional[int], Union[int, str], Union[int], Union[int, int], List[int], Dict[str, int], Tuple[int, ...], Callable[[int], str], Callable[..., Any], Any, Type[int], Literal[1, "a"], Set[str], Iterable[int], Union[int, None, str], ClassVar[int], Final[str], Annotated[int, "meta"])
T = TypeVar("T")
U = TypeVar("U", bound=int)
V = TypeVar("V", int, str)
print(T, T.__name__, U.__bound__, V.__constraints__, List[T], List[T][int], Dict[T, T][str])
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
print(Box[int], Box[int](5).v, Box.__parameters__, Box[int].__args__, Box[int].__origin__, Box(1).__class__, Box.__orig_bases__)
class NT(NamedTuple):
    a: int
    b: str = "x"
print(NT(1), NT(1)._asdict(), NT.__annotations__)
TD = TypedDict("TD", {"a": int})
print(TD(a=1), TD.__annotations__)
class M(TypedDict, total=False): x: int
print(M(x=1), M.__total__, M.__required_keys__ if hasattr(M, "__required_keys__") else "")
class Pr(Protocol):
    def m(self) -> int: ...
@runtime_checkable
class RP(Protocol):
    def m(self): ...
class Im:
    def m(self): return 1
print(isinstance(Im(), RP), isinstance(5, RP), issubclass(Im, RP))
for e in (
    "isinstance(Im(), Pr)",
    "Pr()",
    "Union[()]",
    "Optional[1, 2]",
    "List[1]",
    "Box[int, str]",
    "TypeVar('X', int)",
    "Generic[int]",
    "Optional[5]",
    "isinstance(1, List[int])",
    "List[int]()",
    "Any()",
    "Literal[1] == Literal[1]",
    "Union[int, str] == Union[str, int]",
    "int | None == Optional[int]",
    "Callable[int, str]",
):
    def f(a: int, b: "str" = "x") -> Optional[int]: pass
    try: r = eval(e); print(e, "=", r if "function" not in repr(r) else "function")
    except Exception as x: print(e, "->", type(x).__name__, x)
