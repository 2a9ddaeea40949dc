# ast.literal_eval and small uses of ast.
import ast
for s in ("1", "-1", "1.5", "'a'", "b'x'", "[1, 'two', (3,)]", "{'k': {1, 2}}", "None", "True", "...", "1+2j", "-1-2j", "()", "{}", "set()", " 5 ", "'a' 'b'", "[1,]", "0x10", "1_000"):
    try: print(s, "=", ast.literal_eval(s))
    except (ValueError, SyntaxError) as e: print(s, "->", type(e).__name__, str(e)[:40])
for s in ("1 + 1", "a", "f()", "[x for x in y]", "'a' + 'b'", "{**a}", "lambda: 0", "1 if 2 else 3", "__import__('os')", "'%s' % 1", "a.b", "[1][0]", "f'{1}'", "1; 2", "", "(", "not True", "1 < 2", "{1: 2, **{}}", "[*a]"):
    try: print(s, "=", ast.literal_eval(s))
    except (ValueError, SyntaxError) as e: print(s, "->", type(e).__name__)
t = ast.parse("x = 1 + y * 2\nfor i in z: print(i)"); print([type(n).__name__ for n in t.body], ast.dump(t.body[0]), [n.id for n in ast.walk(t) if isinstance(n, ast.Name)], ast.unparse(t), eval(compile(ast.Expression(ast.BinOp(ast.Constant(2), ast.Add(), ast.Constant(3), lineno=1, col_offset=0) if 0 else ast.parse("2 + 3", mode="eval").body), "<ast>", "eval")))
class V(ast.NodeVisitor):
    def __init__(self): self.names = []
    def visit_Name(self, n): self.names.append(n.id); self.generic_visit(n)
v = V(); v.visit(ast.parse("a + b(c)")); print(v.names)
class T(ast.NodeTransformer):
    def visit_Constant(self, n): return ast.copy_location(ast.Constant(n.value * 2), n)
print(ast.unparse(T().visit(ast.parse("f(1, 'a')"))), ast.get_docstring(ast.parse("'doc'\nx")), [type(n).__name__ for n in ast.iter_child_nodes(ast.parse("x = 1").body[0])])
