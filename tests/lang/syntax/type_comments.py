"""Type comments: where ast.parse reads them, where they are errors, and that compiling passes over them."""
import ast

SOURCES = [
    "x = 1 # type: int\n", "x = y = 1 # type: int # type: str\n", "x = 1 #type:int\n", "x = 1 # type: ignored\n", "x = 1; y = 2 # type: int\n",
    "def f(a, # type: int\n b): # type: (...) -> int\n  pass\n", "def f():\n  # type: () -> int\n  pass\n", "def f(a): pass # type: () -> int\n",
    "def f(\n a, # type: int\n /,\n *args, # type: int\n b=1, # type: str\n **k # type: z\n):\n # type: (...) -> int\n pass\n",
    "for x in y: # type: int\n  pass\n", "with a as b: # type: int\n  pass\n",
    "async def f(): # type: () -> None\n  async for x in y: # type: int\n    pass\n  async with a: # type: int\n    pass\n",
    "x = 1 # type: ignore\ny = 2 # type: ignore[excuse]\n", "# type: ignore\n", "x = [ # type: ignore\n 1]\n",
    "x: int = 1 # type: int\n", "x = [ # type: int\n 1]\n", "def f(\n *, # type: int\n b=1): pass\n", "lambda x: 1 # type: int\n",
    "if 1: # type: int\n pass\n", "x # type: int\n", "with (a as b, c as d): # type: int\n pass\n", "x += 1 # type: int\n",
    "def f(): # type: () -> int\n # type: () -> str\n pass\n", "class A: # type: int\n pass\n", "try: # type: int\n pass\nfinally: pass\n",
]
for source in SOURCES:
    print(repr(source))
    for wanted in (True, False):
        try:
            print(ast.dump(ast.parse(source, type_comments=wanted), include_attributes=wanted))
        except SyntaxError as e:
            print(e.args)
    compile(source, "s", "exec")

for source in ["() -> int", "(int, str) -> List[int]", "(*int, **str) -> int", "(*int) -> x", "(**x) -> y", "(a, *b, **c) -> d", "(...) -> int\n",
               "(a,) -> b", "() -> ", "() -> a, b", "int", "(*a, b) -> c", "(**a, *b) -> c"]:
    try:
        tree = ast.parse(source, mode="func_type")
        print(ast.dump(tree), ast.unparse(tree))
    except SyntaxError as e:
        print(repr(source), e.args)

tree = ast.parse("def f(x):\n    # type: (int) -> str\n    for y in x:  # type: int\n        z = y  # type: str\n", type_comments=True)
print(ast.unparse(tree))
exec(compile(tree, "t", "exec"))
tree.body[0].type_comment = 3
for bad in (tree, ast.Module(body=[]), ast.Module([], [ast.Pass()]), ast.Module([], [ast.TypeIgnore(1, "")])):
    try:
        compile(bad, "t", "exec")
        print("good")
    except (TypeError, ValueError) as e:
        print(type(e).__name__, str(e).split(" object at")[0])
print(ast.TypeIgnore(1, tag="x").tag, ast.TypeIgnore.__doc__, ast.FunctionType.__doc__, ast.type_ignore.__doc__, ast.mod.__doc__)
print(ast.cmpop.__doc__, ast.expr_context.__doc__, ast.pattern.__doc__, sep="\n")
