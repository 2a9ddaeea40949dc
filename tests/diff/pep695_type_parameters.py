# Type parameters and type aliases are those of 3.12 (PEP 695); for CPython 3.11 they are syntax errors.
def first[T](items: list[T]) -> T:
    return items[0]


class Box[T]:
    def __init__(self, value: T):
        self.value = value

    def map[U](self, f) -> "Box[U]":
        return Box(f(self.value))


type Pair[A, B] = tuple[A, B]
type Number = int | float
print(first([3, 1]), first.__type_params__, [p.__name__ for p in first.__type_params__])
print(Box(5).map(str).value, Box.__type_params__, Box.__name__)
print(Pair.__name__, Pair.__type_params__, Number.__value__)


def bounded[T: int, *Ts, **P](x: T, *rest) -> T:
    return x


print(bounded(1), [p.__name__ for p in bounded.__type_params__], bounded.__type_params__[0].__bound__)
type = "still a name"
print(type)
