"""Which classes may be bases together: those of tuple, int and bytes that have a dict are each a layout of their own."""
for base in (tuple, int, bytes, str, list, dict, float, object, type, frozenset, Exception):
    def make(*bases, **body):
        return type(base)("Made", bases, body) if base is type else type("Made", bases, body)
    a, b, s, s2 = make(base), make(base), make(base, __slots__=()), make(base, __slots__=())
    sub, with_dict = make(a), make(s)
    classes = {"a": a, "b": b, "s": s, "s2": s2, "sub": sub, "with_dict": with_dict, "nothing": make(with_dict, __slots__=()), "nothing2": make(a, __slots__=())}
    for x in classes:
        for y in classes:
            for body in ({}, {"__slots__": ("q",)}):
                try:
                    made = make(classes[x], classes[y], **body).__base__
                    print(base.__name__, x, y, *body, [n for n in classes if classes[n] is made])
                except TypeError as error:
                    print(base.__name__, x, y, *body, error)
