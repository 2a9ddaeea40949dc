# Which special methods of a subclass of dict or list are called when its contents are taken.


def tracing(base, *names):
    def method(name):
        def call(self, *args):
            print("  ", name)
            return getattr(base, name)(self, *args)
        return call
    return type("Tracing", (base,), {name: method(name) for name in names})


D = tracing(dict, "__getitem__", "__iter__", "keys", "__len__")
K = tracing(dict, "__getitem__", "keys", "__len__")
for cls in D, K:
    for text in "d | {'b': 2}", "{'b': 2} | d", "d.copy()", "type('X', (), d).a", "dict(d)", "{**d}", "cls() | {}":
        print(text)
        print(eval(text, {"d": cls(a=1), "cls": cls}))
L = tracing(list, "__iter__", "__len__", "__getitem__")
for text in "'-'.join(l)", "list(l)", "[*l]", "tuple(l)", "iter(l).__length_hint__()", "{}.fromkeys(l)", "max(l)":
    print(text)
    print(eval(text, {"l": L("ab")}))
part = [1, 2]
part[0:1] = L("ab")
print(part)
