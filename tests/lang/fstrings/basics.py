# f-strings: expressions, conversions, specs.
name, n, f, d, l = "bob", 42, 3.14159, {"k": "v"}, [1, 2]
print(f"{name}", f"{name!r}", f"{name!s}", f"{'é'!a}", f"{n:5d}|{n:<5}|{n:^5}|{n:05}", f"{f:.2f}", f"{f:{8}.{3}}", f"{n:{'>'}{6}}", f"{d['k']}", f"{l[0]} {l[-1]}", f"{n + 1} {n*2}", f"{{}} {{{n}}}", f"{n!r:>5}", f"{(lambda x: x * 2)(3)}", f"{ {'a': 1}['a'] }", f"{n if n > 1 else 0}", f"{name.upper()}", f"{', '.join(l2 for l2 in 'abc')}", f"", f"no fields", f"{n}{n}", f"{'nested ' + f'{name}'}", f"{n:x} {n:#b}", f"{True}", f"{None}", f"{1,2}", f"{[x for x in range(3)]}", f"{n!s:*^10}")
print(f"{n=}", f"{n = }", f"{name=!s}", f"{f=:.2f}", f"{n+1=}", f"{ n =  :>10}", f"{name = !r:>8}", f"{l[0]=} {d['k']=}", f"{(x:=5)=}", x, f"{f'{n}'=}")
print(f"a{n}b" "c{n}" f"d{n}", "x" f"{n}" 'y', f'{n}' f"{name}", rf"\n{n}\t", fr"{name}\d", F"{n}", Rf"{n}", fR"\{n}")
print(f"""multi
{n}
{name!r}
line""", f'''{
    n
    + 1
}''')
print(f"{n:{n}}|{name:{'^'}{n//4}}|{f:{'.3'}}", f"{'a':{'*'}^{5}}", f"{f:>{10}.{2}f}", f"{n:{'0'}{'8'}{'b'}}")
def g(x): return f"<{x}>"
print(f"{g(1)}{g('a')!r}", f"{g(g(2))}", f"{print('side') or 'effect'}", f"{(yield_:=1)}", f"{[i for i in 'ab'][0]}", f"{dict(a=1)}", f"{not n}", f"{-n}", f"{n!=42}", f"{n==42}", f"{n<=42}", f"{n>=41}", f"{n<50}", f"{3 .real}", f"{1e3}", f"{0x1f}", f"{'a' 'b'}", f"{b'x'}", f"{...}", f"{lambda_ if 0 else 1}" if 1 else "", f"{*l, 3}")
print(f"{chr(123)} {'{'} {'}'}", f"\x41\u0042\N{BULLET}{n}\t|", f"{n}\n{n}".split("\n"), f'{d["k"]}', f"{'#'}", f"{n:,} {1234567:_}", f"{1234567.891:,.2f}", f"{n:%}", f"{n:e}", f"{n:c}", "%s" % f"{n}%")
class A:
    def __format__(self, s): return f"A[{s}]"
    def __repr__(self): return "A!"
    x = 5
a = A(); print(f"{a}", f"{a:spec}", f"{a!r}", f"{a!r:>5}", f"{a.x}", f"{a:%Y-%m-%d}", f"{a:{n}}", f"{a: }", f"{a:!r}", f"{a:a:b}", f"{a:{'{'}}" if 0 else "")
