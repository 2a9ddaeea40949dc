# Counter, defaultdict.
from collections import *
c = Counter("abracadabra"); print(c, c["a"], c["z"], c.most_common(2), c.most_common()[-1], sorted(c.elements()), c.total(), len(c), Counter(), Counter(a=1, b=2), Counter({"x": 3}), Counter([1, 1, 2]), list(Counter("ba")))
d = Counter(a=1, b=5, z=-1); print(c + d, c - d, c & d, c | d, +d, -d, c == Counter("abracadabra"), d <= c, Counter("a") < Counter("aa"), c != d); c.update("aaa"); c.update({"b": 10}, q=2); c.subtract("bbb"); c.subtract(a=3); print(c); c += Counter("zz"); c -= Counter("a"); c |= Counter(new=4); c &= Counter(a=2, b=3, new=9); print(c); del c["nope"]; del c["a"]; print(c, c.copy(), type(c.copy()), c.pop("b"), c.setdefault("s", 1), c.get("q"), "s" in c, dict(c), sorted(c.items()), c.clear(), c)
for s in ("Counter(5)", "Counter(1, 2)", "Counter(None)", "Counter('a') + 1", "Counter([[]])", "Counter.fromkeys('a')", "Counter('a').most_common('x')", "Counter('a') < 5", "Counter('a').nope", "Counter({1: 'x'}) + Counter({1: 'y'})", "Counter(a='x').most_common()", "Counter('ab') == {'a': 1, 'b': 1}", "Counter(a=0) == Counter()"):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
dd = defaultdict(list); dd["a"].append(1); dd["b"]; print(dd, dd.get("zz"), "zz" in dd, len(dd), dd.default_factory, dd["c"], dict(dd)); dd.default_factory = int; dd["n"] += 5; print(dd, defaultdict(int, a=1), defaultdict(None, {"x": 1}), defaultdict(lambda: "d", [("k", "v")]).__missing__("q"), dd.copy() == dd, type(dd.copy()), dd | {"z": 0}, type(dd | {}), repr(defaultdict()), defaultdict(int) == {})
for s in ("defaultdict()['x']", "defaultdict(5)", "defaultdict(None)['x']", "defaultdict('a')", "defaultdict(list, 5)", "defaultdict(len)['x']", "defaultdict(int)[[]]"):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
n = defaultdict(lambda: defaultdict(int)); n["a"]["b"] += 1; print(n["a"], {k: dict(v) for k, v in n.items()}); tree = lambda: defaultdict(tree); t = tree(); t["x"]["y"]["z"] = 1; print(list(t), list(t["x"]["y"])); r = defaultdict(list); r["self"] = r; print(repr(r)); class_ = type("D", (defaultdict,), {"__missing__": lambda s, k: f"missing {k}"}); print(class_(int)["q"])
words = "the cat the dog a cat".split(); g = defaultdict(set); [g[len(w)].add(w) for w in words]; print({k: sorted(v) for k, v in sorted(g.items())}, Counter(words).most_common(1), Counter(map(len, words)), sum(Counter(words).values()), max(Counter(words), key=Counter(words).get), [w for w, k in Counter(words).items() if k > 1])
