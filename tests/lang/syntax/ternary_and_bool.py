# Conditional expressions and short circuits as values.
x, y = 0, 5
print(x or y, x and y, y or x, y and x, not x, not y, x or "" or [] or "last", y and 1 and "end", None or 0, 0 or None)
print("a" if x else "b", "a" if y else "b" if x else "c", ("t" if y else "f") + "!", [1 if i % 2 else 0 for i in range(4)], (1, 2) if y else 3, 1 if x else 2 if y else 3)
def f(v, log): log.append(v); return v
log = []; f(0, log) or f(1, log) or f(2, log); print(log); log = []; f(1, log) and f(0, log) and f(2, log); print(log); log = []; f(1, log) if f(0, log) else f(2, log); print(log)
print(1 < 2 and 2 < 3, 1 < 2 or 1 / 0, not 1 == 2 and True, (not x) == True, not (x == 0), not not y, bool(x) is False)
v = x if x else y if y > 3 else None; print(v); print((lambda: 1 if x else 2)(), [a or b for a, b in ((0, 1), (2, 3))], {k: v or "none" for k, v in {"a": 0, "b": 2}.items()})
while x < 3 and (y := y - 1) > 0: x += 1
print(x, y); print(True and "yes" or "no", False and "yes" or "no", all([]) and any([1]), 5 in [1, 5] and "found", "x" if "a" in "abc" else "y")
