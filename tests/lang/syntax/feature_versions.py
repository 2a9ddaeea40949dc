"""ast.parse(feature_version=...): what is newer than the version is refused."""
import ast

SOURCES = [
    "x: int = 1", "async def f(): await x", "f'{x}'", "f''", "1_000", "(x := 1)", "def f(a, /): pass", "lambda a, /: 1", "match x:\n case 1: pass",
    "with (a as b): pass", "with (a, b): pass", "try: pass\nexcept* E: pass", "a @ b", "a @= b", "[x async for x in y]", "f'{x=}'", "async = 1",
    "await = 1", "async def f():\n async for x in y: pass", "async def f():\n async with x: pass", "async def f():\n x = 1\n\nasync = 2\n",
    "async def f():\n def g(): pass\n await x\nawait = 2\n", "def f():\n async = 1; await = 2\n return async + await\n", "async\n", "async.x\n",
    "async def f():\n # type: () -> int\n return await x\n",
]
for version in [(3, 4), (3, 5), (3, 6), (3, 7), (3, 8), (3, 9), (3, 10), (3, 11), 6, 3, (3, 0)]:
    for source in SOURCES:
        try:
            ast.parse(source, feature_version=version)
        except SyntaxError as e:
            print(version, repr(source), e.msg, e.lineno)
        except ValueError as e:
            print(version, e)
for version in [(2, 7), (4, 0)]:
    try:
        ast.parse("x", feature_version=version)
    except ValueError as e:
        print(version, e)
