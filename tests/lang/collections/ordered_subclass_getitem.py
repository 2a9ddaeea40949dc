# Iterating an OrderedDict subclass's items and values does not call its __getitem__.
from collections import OrderedDict


class Touching(OrderedDict):
    def __getitem__(self, key):
        print("get", key)
        self.move_to_end(key)
        return super().__getitem__(key)


d = Touching(a=1, b=2)
for f in repr, lambda d: list(d.items()), lambda d: list(d.values()), lambda d: list(reversed(d.items())), dict, \
        lambda d: d == {"a": 1, "b": 2}, lambda d: {**d}, lambda d: d.get("a"), \
        lambda d: d.setdefault("a"), lambda d: d.pop("a"), lambda d: d.popitem(), lambda d: [*d.items()], \
        lambda d: d | {"q": 1}, lambda d: OrderedDict(d), lambda d: d.__reduce__()[0].__name__, sorted, lambda d: ('b', 1) in d.items(), \
        lambda d: ("b", 2) in d.items(), lambda d: 2 in d.values():
    try:
        print(f(Touching(a=1, b=2)))
    except Exception as e:
        print(type(e).__name__, e)


class Mapping:
    def keys(self):
        print("keys")
        for k in "ab":
            print("give", k)
            yield k

    def __getitem__(self, key):
        print("get", key)
        return key * 2


class NoKeys(Mapping):
    def keys(self):
        return 5


print(dict(Mapping()), {**Mapping()}, dict(**Mapping()))
for f in dict, lambda m: {**m}, lambda m: dict(**m), lambda m: {}.update(m):
    try:
        print(f(NoKeys()))
    except TypeError as e:
        print(e)
