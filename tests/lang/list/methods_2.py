# Every list method and its errors.
l = [3, 1, 2]
l.append(4)
l.extend("ab")
l.extend(x for x in (5,))
l += (6,)
l.insert(0, 0)
l.insert(100, 9)
l.insert(-1, 8)
l.insert(-100, -1)
l.reverse()
l.clear()
l = [3, 1, 2]
l.sort()
l.sort(reverse=True)
l.sort(key=lambda x: -x)
for st in (
    "l.sort(reverse='x')",
    "l.count()",
    "l.reverse(1)",
    "l.nope()",
    "l.clear(1)",
    "l + 1",
    "l + (1,)",
    "1 + l",
    "l * 1.5",
    "l * 'a'",
    "l - l",
    "l < 1",
    "l['a']",
    "l[1.0]",
    "l[None]",
    "l[1, 2]",
    "l[10]",
    "l[-10]",
):
    try: print(st, "=", eval(st))
    except Exception as e: print(st, "->", type(e).__name__, e)
