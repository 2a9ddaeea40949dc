# An int is formatted as a float by its __float__; a float with a precision and no type shows a point or an exponent.
class Odd(int):
    def __float__(self):
        return 42.5


class Refusing(int):
    def __float__(self):
        raise ValueError("no float")


class Wrong(int):
    def __float__(self):
        return 1


for value in (Odd(2), Refusing(2), Wrong(2), True, 10**400, -7):
    for spec in ("g", ".1f", "e", "%", "G", "+010.2f", "d", ".3"):
        try:
            print(repr(spec), format(value, spec))
        except Exception as e:
            print(repr(spec), type(e).__name__, e)
for value in (0.0, -0.0, 1.0, 9.5, 10.0, 123.0, 0.001, 1e-5):
    print([format(value, spec) for spec in (".0", ".1", ".2", ".3", "#.0", "#.1", "08.0", "+.0", ",.1", "z.0")])
