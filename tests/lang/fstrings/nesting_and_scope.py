# Scopes, nested quotes, and evaluation order inside f-strings.
def outer():
    v = "enclosing"
    def inner(): return f"{v}"
    return inner()
print(outer())
class C:
    a = 1
    s = f"{a} {__name__} {__qualname__}"
    def m(self, p=f"{a}"): return f"{self.a}{p}{__class__.__name__}"
print(C.s, C().m(), [f"{i}{j}" for i in range(2) for j in "ab"], {f"k{i}": f"v{i}" for i in range(2)}, (lambda x: f"{x!r}")("q"))
log = []
def t(x): log.append(x); return x
print(f"{t('a')}{t('b'):{t('>')}{t(5)}}{t('c')!r}", log)
print(f'{"double"} {"it" + "s"}', f"{'single'}", f"""{"a" + 'b'}""", f'''{f"{f'{1}'}"}''', f"{'a' if 1 else f'{2}'}")
x = 10
def gen(): yield f"{x}"; yield f"{(yield 5)}"
g = gen(); print(next(g), next(g), g.send("sent"))
async def co(): return f"{await aw()}"
async def aw(): return "awaited"
import asyncio; print(asyncio.run(co()))
fs = [lambda: f"{i}" for i in range(3)]; print([f() for f in fs])
def glob(): global x; x = 11; return f"{x}"
print(glob(), f"{x}", f"{locals() is globals()}", f"{[x for x in 'ab']}", f"{(lambda: x)()}", f"{(lambda y: y)(1)}", f"{x:{x}}", f"{x:{'<'}{len(str(x)) + 3}}|")
width, prec = 10, 4
print(f"{3.14159:{width}.{prec}}|", f"{'text':{'.'}^{width}}", f"{x!r:{width}}|", f"{x:{width}d}|", f"{'%s'}" % "pct", f"{'{}'}".format(1), f"{{{x}}}".format(*range(20)) if 0 else "", "{" f"{x}" "}", f"{x}" + "{x}" + f"{{x}}")
print(len(f"{'a' * 1000}"), "".join(f"{i:03}" for i in range(5)), f"{'':>5}|", f"{'x':\n^3}".encode(), f"{x}" == "11", f"{f'{x}':>{f'{8}'}}", eval("f'{x}'"), f"{eval('x + 1')}", f"{__file__ is not None}", f"{__debug__}")
