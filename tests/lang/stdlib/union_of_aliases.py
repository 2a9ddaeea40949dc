# X | None where X is an alias of a subclass of types.GenericAlias, as collections.abc.Callable makes them.
import types
from collections.abc import Callable, Generator, Iterable

print(Callable[[int], str] | None, None | Callable[..., int], bool | Callable[[], None])
print(Iterable[int] | Callable[[int], int] | Iterable[int], (Callable[[int], int] | int).__args__)
print(Callable[[int], int] | Callable[[int], int], Generator[int, None, str] | list[int])


def f(on: Callable[[int], None] | None = None) -> Callable[[], int] | int:
    pass


print(f.__annotations__)


class Alias(types.GenericAlias):
    pass


print(type(Alias(list, int) | Alias(list, str)).__name__, (Alias(list, int) | Alias(list, int)))
