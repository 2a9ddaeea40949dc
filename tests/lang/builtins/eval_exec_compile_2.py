# eval, exec, compile with modes, namespaces, flags.
ns = {}
exec("a = 1\nb = [a]\ndef f(): return a\nclass C: x = a\nimport math as m\nfor i in range(3): pass", ns)
l = {}
exec("y = x", {"x": 5}, l)
c = compile("print('single'); 5; None; 'repr'", "<s>", "single")
exec(c)
for src, mode in (
    ("x\0y", "exec"),
    ("  1", "exec"),
    ("return", "exec"),
    ("await x", "eval"),
    ("yield", "exec"),
    ("*a", "eval"),
    ("a b", "eval"),
    ("'''", "exec"),
    ("def f():", "exec"),
    ("\\", "exec"),
    ("\ufeff1", "eval"),
    ("é = 1", "exec"),
    ("x = 1;", "single"),
):
    try: print(repr(src), mode, compile(src, "<c>", mode).co_filename)
    except (SyntaxError, ValueError) as e: print(repr(src), mode, "->", type(e).__name__, getattr(e, "msg", e))
for s in ("eval()", "eval(5)", "eval('1', 5)", "eval('1', {}, 5)", "exec()", "exec(5)", "exec('1', [])", "eval(None)", "compile()", "compile('1', 'f')", "compile(5, 'f', 'exec')", "compile('1', 5, 'exec')", "compile('1', 'f', 5)", "compile('1', 'f', 'exec', flags=99999999)", "eval('x')", "eval('1/0')", "eval('import x')", "exec('raise KeyError(1)')", "eval(lambda: 0)", "exec(print)", "eval('1', globals={})", "eval(eval)", "eval((lambda x: x).__code__)", "exec((lambda: 1 / 0).__code__)", "eval('(' * 300 + ')' * 300)" if 0 else "1"):
    try: print(s, "=", eval(s))
    except Exception as e: print(s, "->", type(e).__name__, e)
def f(x): return eval("x * 2"), eval("y", {"y": 3}), locals()
print(f(4))
class Ns(dict):
    def __getitem__(self, k): print("get", k); return dict.__getitem__(self, k)
    def __setitem__(self, k, v): print("set", k); dict.__setitem__(self, k, v)
    def __delitem__(self, k): print("del", k); dict.__delitem__(self, k)
exec("p = 1\np += 1\ndel p\ndef g(): pass", {}, Ns())
g = {"__builtins__": {"only": 5}}
print(eval("only", g))
try: eval("len", g)
except NameError as e: print(e)
code = compile("a + b", "<file>", "eval")
print(code.co_names, code.co_consts, code.co_name, code.co_argcount, code.co_varnames, code.co_firstlineno, type(code).__name__, code == compile("a + b", "<file>", "eval"), hash(code) == hash(compile("a + b", "<file>", "eval")), eval(code, {"a": 1, "b": 2}), code.replace(co_name="z").co_name)
try: exec("def f():\n  1/0\nf()", {"__name__": "x"})
except ZeroDivisionError as e: tb = e.__traceback__.tb_next; print(tb.tb_lineno, tb.tb_frame.f_code.co_name, tb.tb_next.tb_lineno, tb.tb_next.tb_frame.f_code.co_filename)
