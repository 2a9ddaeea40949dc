# match in small realistic programs.
def evaluate(e):
    match e:
        case int() | float(): return e
        case ("+", a, b): return evaluate(a) + evaluate(b)
        case ("*", a, b): return evaluate(a) * evaluate(b)
        case ("-", a): return -evaluate(a)
        case ("if", c, a, b): return evaluate(a) if evaluate(c) else evaluate(b)
        case ("sum", *xs): return sum(map(evaluate, xs))
        case [op, *_]: raise ValueError(f"unknown {op!r}")
        case _: raise TypeError(type(e).__name__)
print(evaluate(("+", 1, ("*", 2, ("-", 3)))), evaluate(("if", 0, 1, ("sum", 1, 2, 3))))
for bad in (("?", 1), "text", None, []):
    try: evaluate(bad)
    except (ValueError, TypeError) as x: print(type(x).__name__, x)
def command(line):
    match line.split():
        case []: return "empty"
        case ["go", ("north" | "south") as d]: return f"going {d}"
        case ["go", other]: return f"cannot go {other}"
        case ["get", obj] | ["pick", "up", obj] | ["pick", obj, "up"]: return f"taking {obj}"
        case ["drop", *objs] if objs: return f"dropping {len(objs)}"
        case ["quit" | "exit"]: return "bye"
        case [first, *rest]: return f"{first}? {rest}"
for l in ("", "go north", "go west", "get lamp", "pick up key", "pick key up", "drop a b", "drop", "exit", "sing a song"): print(command(l))
def http(r):
    match r:
        case {"status": 200 | 201, "body": body}: return f"ok {body}"
        case {"status": 404}: return "not found"
        case {"status": s} if 500 <= s < 600: return "server"
        case {"status": int(s), **rest}: return f"other {s} {sorted(rest)}"
        case {}: return "no status"
for r in ({"status": 200, "body": "b"}, {"status": 404}, {"status": 503}, {"status": 302, "loc": "x"}, {}): print(http(r))
def fizz(n):
    match n % 3, n % 5:
        case 0, 0: return "FizzBuzz"
        case 0, _: return "Fizz"
        case _, 0: return "Buzz"
        case _: return n
print([fizz(i) for i in range(1, 16)])
def tree(t):
    match t:
        case None: return 0
        case {"v": v, "l": l, "r": r}: return v + tree(l) + tree(r)
        case {"v": v}: return v
print(tree({"v": 1, "l": {"v": 2}, "r": {"v": 3, "l": None, "r": {"v": 4}}}))
