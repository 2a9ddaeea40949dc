# eval, exec, compile with modes, namespaces, flags.
print(eval("1 + 1"), eval("  x + 1", {"x": 1}), eval("a + b", {"a": 1}, {"b": 2}), eval("lambda: 5")(), eval("[i for i in range(3)]"), eval("(1,\n2)"), eval(b"1 + 2"), eval(compile("3 * 4", "", "eval")), eval("\t5 # comment"), eval("'é'"), eval("f'{1+1}'"), eval("(yield_ := 3)"))
ns = {}
exec("a = 1\nb = [a]\ndef f(): return a\nclass C: x = a\nimport math as m\nfor i in range(3): pass", ns)
print(sorted(k for k in ns if k != "__builtins__"), ns["f"](), ns["C"].x, ns["i"])
l = {}
exec("y = x", {"x": 5}, l)
print(dict(l), exec("pass"), exec(""), exec("# only a comment"), exec(compile("q = 1", "f", "exec"), l), l["q"])
c = compile("print('single'); 5; None; 'repr'", "<s>", "single")
exec(c)
for src, mode in (
    ("1 + 1", "eval"),
    ("x = 1", "exec"),
    ("x = 1", "eval"),
    ("1; 2", "eval"),
    ("", "eval"),
    ("", "exec"),
    ("for i in x: pass", "single"),
    ("a = 1\nb = 2", "single"),
    ("", "single"),
    ("1 +", "exec"),
    ("(", "exec"),
    ("1", "nope"),
    ("pass\n\n\n", "single"),
    ("if 1:\n  pass", "single"),
):
    try: print(repr(src), mode, compile(src, "<c>", mode).co_filename)
    except (SyntaxError, ValueError) as e: print(repr(src), mode, "->", type(e).__name__, getattr(e, "msg", e))
