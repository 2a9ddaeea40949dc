# Lists made of a dict or of its views at once: with holes, of subclasses, onto other lists, of what changes.
from collections import OrderedDict

d = {i: str(i) for i in range(10)}
for k in 0, 4, 9:
    del d[k]
print(list(d), list(d.keys()), list(d.values()), list(d.items()))
print(tuple(d), tuple(d.items()), sorted(d, reverse=True), [*d, *d.values()], (*d.items(),)[:2])
grown = ["first"]
grown.extend(d)
grown += d.values()
grown.extend(d.items())
print(grown, list({}), list({}.items()), list({}.values()))


class Odd(dict):
    def __iter__(self):
        return iter("odd")

    def keys(self):
        return ["own"]


o = Odd(a=1, b=2)
print(list(o), list(o.keys()), list(o.values()), list(o.items()), tuple(o), sorted(o))
ordered = OrderedDict(a=1, b=2, c=3)
ordered.move_to_end("a")
print(list(ordered), list(ordered.keys()), list(ordered.values()), list(ordered.items()))
print(list(vars(type("C", (), {"x": 1})).keys())[-1:], list(type("D", (), {"y": 2}).__dict__.items())[:1] != [])
pairs = list(d.items())
d.clear()
print(pairs[:2], list(d), list(d.items()))
