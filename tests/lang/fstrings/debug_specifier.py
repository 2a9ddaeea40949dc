# f"{expr=}" in every form.
x, y, name = 5, 2.5, "bob"
print(f"{x=}", f"{x =}", f"{x= }", f"{ x = }", f"{x=!r}", f"{name=}", f"{name=!s}", f"{name=!r:>8}", f"{y=:.2f}", f"{y = :>10.1f}", f"{x+1=}", f"{x + 1 = }", f"{len(name)=}", f"{name.upper()=}", f"{[x, y]=}", f"{x==5=}", f"{x!=5=}", f"{(lambda: x)()=}", f"{x=}{y=}", f"{x=:05d}", f"{'lit'=}", f"{name[0]=}", f"{x if x else y=}", f"{  x  =  }", f"{x:=^5}", f"{x=:=^7}", f"{x=!s:=^7}", f"a{x=}b", f"{{x=}}", f"{f'{x=}'=}", f"{x<y=}", f"{x>=y=}", f"{not x=}", f"{x**2=}", f"{(z:=3)=}", f"{z=}", sep="\n")
class A:
    def __repr__(self): return "A-repr"
    def __str__(self): return "A-str"
    def __format__(self, s): return f"A-fmt({s})"
a = A(); print(f"{a=}", f"{a=!s}", f"{a=:spec}", f"{a=!r:>10}", f"{a = :}")
print(f"""{
x
=}""")
