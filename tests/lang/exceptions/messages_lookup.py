# Messages of IndexError, KeyError, AttributeError, NameError and their like.
cases = """[1][5]
[1][-2]
(1,)[3]
'abc'[10]
b'abc'[10]
bytearray(b'a')[4]
range(3)[3]
[].pop()
[1].pop(5)
{}.popitem()
set().pop()
{}['missing']
{1: 2}[(1, 2)]
{}.pop('x')
set().remove('y')
[].remove(1)
[].index(3)
().index(3)
'abc'.index('z')
b'abc'.index(b'z')
'abc'.rindex('z')
range(3).index(7)
bytearray().pop()
memoryview(b'abc')[5]
dict.fromkeys('ab')['c']
frozenset().nope
int.nope
(1).nope
'x'.nope
[].nope
None.nope
print.nope
(lambda: 0).nope
range(3).nope
(i for i in []).nope
type.nope
object().nope
Ellipsis.nope
NotImplemented.nope
{}.nope
b''.nope
1.5.nope
1j.nope
slice(1).nope
super.nope
map(str, []).nope
nope
__nope__
[x for x in nope]
nope()
nope.attr
del_ + 1
next(iter([]))
next(i for i in [])
max([])
min({})
max(())
[1, 2][1:2, 3]
[1][1.0]
'a'['b']
{}[[]]
{[]: 1}
{{}}
{1: 2}[{}]
hash([])
hash({})
hash(set())
hash(bytearray())
hash(([],))
hash(slice(1))"""
for c in cases.split("\n"):
    try: print(c, "=", eval(c))
    except Exception as e: print(c, "->", type(e).__name__, e)
