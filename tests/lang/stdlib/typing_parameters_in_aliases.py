# A ParamSpec within the arguments of a built-in generic alias.
from typing import Callable, Concatenate, Generic, ParamSpec, TypeVar, TypeVarTuple, Union

P = ParamSpec("P")
T = TypeVar("T")
Ts = TypeVarTuple("Ts")


class Z(Generic[P]):
    pass


class X(Generic[T, P]):
    pass


print(list[Callable[P, T]][[int], str])
print(dict[T, Callable[P, T]][str, [int, bytes]])
print(dict[T, Callable[P, T]][str, ...])
print(list[Callable[Concatenate[int, P], T]][[str], bytes])
print(list[Z[P]][[int, str]], list[X[T, P]][int, [str]])
print(tuple[X[T, P], Z[P]][int, [str]])
print(list[tuple[*Ts]][int, str], list[tuple[T, *Ts]][int], dict[str, tuple[*Ts]][()])
print(Union[list[Callable[P, T]], Z[P]][[int], str])
