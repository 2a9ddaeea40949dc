"""Numbers that run into a keyword are warned of in the whole source, once each, whether it parses or not."""
import warnings


def see(text, mode="exec"):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try: compile(text, "<text>", mode); end = "ok"
        except SyntaxError as e: end = (type(e).__name__, e.msg, e.lineno, e.offset)
    print(end, [(str(w.message), w.lineno, w.category.__name__) for w in seen])


see("x = 1if y else 2\n")
see("x = 1if y else 2\n, a\n")
see(", a\nx = 1if y else 2\n")
see("a = 0x1for x in y\nb c\nd = 1or 2\ne = 1.5and 3\n")
see("def f():\n    1in x\n    y z\n    2is z\n", "exec")
see("x = 1 2 3if 4", "exec")
see("1if x else 2; def f(): 3if y else 4", "eval")
see("(1if x else 2, 3or 4", "exec")
see("x = 1if y\nz = 2or 3\n'unterminated\nw = 4or 5")
see("for x in 1if:\n    2in x\n", "single")
