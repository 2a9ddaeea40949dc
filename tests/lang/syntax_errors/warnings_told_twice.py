"""Where an error is looked for in a second reading, strings warn a second time."""
import warnings
def t(text):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        try: compile(text, "<t>", "exec"); end = "ok"
        except SyntaxError as e: end = (e.msg, e.lineno, e.offset)
    print(end, [(str(w.message), w.lineno) for w in seen])
t("'\\s'\n1 1\n")
t("'\\s'\n'''\n")
t("'\\s'\n'\n")
t("'\\s'\n$\n")
t("'\\s' '''\n")
t("x = '\\s'\ndef f(): pass\n'''\n")
t("def f():\n  '\\s'\n  1 1\n")
t("def f():\n  '\\s'\n  '''\n")
t("def f():\n  '\\s'\ndef g():  '''\n")
t("'\\s'\n(\n")
t("'\\s'\n  1\n")
t("'\\s'\nif 1:\n  1\n 2")
t("'\\s'\nif 1:\n  1\n 2\n  ")
t("'\\s' €\n")
t("'\\s'\nx €\n")
t("'\\s'\n)\n")
t("1if 2 else 3\n'''\n")
t("1if 2 else 3\n1 1\n")
t("0or 3\n0 is 0\n1 1\n")
