# Nesting that every implementation must take.
expr = "(" * 80 + "1" + ")" * 80
print(eval(expr))
print(eval("[" * 60 + "]" * 60))
print(eval("-" * 80 + "1"), eval("not " * 50 + "0"))
print(eval("+".join(["1"] * 2000)))
print(eval("*".join(["1"] * 500) + " if " + " and ".join(["True"] * 300) + " else 0"))
src = ""
for depth in range(18):
    src += "    " * depth + "for x%d in [%d]:\n" % (depth, depth)
src += "    " * 18 + "print(x0, x17)\n"
exec(src.replace("for x", "for x")[:0] + src)
src = ""
for depth in range(60):
    src += " " * depth + "if True:\n"
src += " " * 60 + "print('sixty')\n"
exec(src)
src = "".join(" " * d + "def f%d():\n" % d for d in range(30)) + " " * 30 + "return 'inner'\n"
src += "".join(" " * d + "return f%d()\n" % d for d in range(29, 0, -1))
exec(src)
print(f0())
print(eval("x" + ".real" * 200, {"x": 7}), eval("f" + "()" * 60, {"f": type("F", (), {"__call__": lambda s: s})()}).__class__.__name__)
d = eval("{0:" * 60 + "1" + "}" * 60)
for _ in range(60): d = d[0]
print(d)
print(eval("lambda: " * 50 + "9")()()().__class__.__name__)
print(len(eval("(" + "1," * 5000 + ")")), len(eval("{" + ",".join("%d:%d" % (i, i) for i in range(3000)) + "}")))
exec("\n".join("v%d = %d" % (i, i) for i in range(3000)))
print(v2999, eval("f(" + ",".join(map(str, range(400))) + ")", {"f": lambda *a: sum(a)}))
