# inspect: signatures and sources.
import inspect
def f(a, b: int = 2, /, c=3, *args, d, e="x", **kw) -> str: "doc"
s = inspect.signature(f); print(s, list(s.parameters), s.parameters["b"].annotation, s.parameters["b"].default, s.return_annotation, [str(p.kind) for p in s.parameters.values()], s.bind(1, 2, d=5).arguments, inspect.getdoc(f), inspect.isfunction(f), inspect.isbuiltin(len), inspect.isclass(int), inspect.ismethod("".upper), inspect.ismodule(inspect), inspect.getfullargspec(f).args)
class A:
    def m(self, x): pass
    @classmethod
    def c(cls, y): pass
    @staticmethod
    def s(z): pass
print(inspect.signature(A.m), inspect.signature(A().m), inspect.signature(A.c), inspect.signature(A.s), inspect.signature(A), inspect.getmro(A), [n for n, _ in inspect.getmembers(A, inspect.isfunction)], inspect.signature(lambda x, y=1: 0), inspect.unwrap(f) is f)
for c in ("s.bind()", "s.bind(1, 2, 3)", "inspect.signature(5)", "s.bind(1, d=1, a=2)", "s.bind(1, d=1, zz=2).arguments"):
    try: print(c, eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
def outer(): return inspect.currentframe().f_code.co_name, inspect.stack()[1].function
print(outer(), inspect.getsource(outer).strip(), inspect.getsourcelines(outer)[1] > 0, inspect.getmodule(f).__name__, inspect.cleandoc("  a\n    b\n  c"), inspect.Parameter("x", inspect.Parameter.KEYWORD_ONLY, default=1), s.replace(return_annotation=int))
