"""Markdown to HTML, INI writer, diff, tree printer, wrapped tables, roman, template, doctest-run module, tokenizer of Python."""
import ast
import doctest
import enum
import io
import keyword
import pprint
import re
import string
import textwrap
import token
import tokenize
from collections import deque
from contextlib import redirect_stdout
from html.parser import HTMLParser
from xml.etree import ElementTree as ET


def slug(text, sep="-"):
    """Make a slug.

    >>> slug("Hello, World!")
    'hello-world'
    >>> slug("  a  b ", "_")
    'a_b'
    >>> slug(3)
    Traceback (most recent call last):
        ...
    TypeError: expected string or bytes-like object, got 'int'
    >>> [slug(x) for x in ("A", "B")]  # doctest: +NORMALIZE_WHITESPACE
    ['a',
     'b']
    >>> slug("wrong")
    'right'
    """
    return re.sub(r"\W+", sep, text).strip(sep).lower()


runner = doctest.DocTestRunner(verbose=False)
out = io.StringIO()
for test in doctest.DocTestFinder().find(slug, "slug", globs={"slug": slug}):
    runner.run(test, out=out.write)
print(runner.summarize(verbose=False) if False else (runner.tries, runner.failures))
print(re.sub(r'File ".*?", line \d+', "File", out.getvalue()))


class Markdown:
    inline = [(re.compile(r"\*\*(.+?)\*\*"), r"<b>\1</b>"), (re.compile(r"`([^`]+)`"),
        lambda m: "<code>" + m[1].replace("<", "&lt;") + "</code>"),
              (re.compile(r"\[([^]]*)\]\(([^)]*)\)"), r'<a href="\2">\1</a>'),
                  (re.compile(r"(?<!\w)_(.+?)_(?!\w)"), r"<i>\g<1></i>")]

    def convert(self, text):
        stack = deque()
        for line in textwrap.dedent(text).strip().splitlines():
            if m := re.match(r"(#{1,6})\s+(.*)", line):
                yield from self.close(stack)
                yield "<h{0}>{1}</h{0}>".format(len(m[1]), self.spans(m[2]))
            elif m := re.match(r"(\s*)([-*]|\d+\.)\s+(.*)", line):
                tag, depth = "ol" if m[2][0].isdigit() else "ul", len(m[1]) // 2 + 1
                while len(stack) > depth:
                    yield f"</{stack.pop()}>"
                while len(stack) < depth:
                    stack.append(tag)
                    yield f"<{tag}>"
                yield f"<li>{self.spans(m[3])}</li>"
            elif line.strip():
                yield from self.close(stack)
                yield f"<p>{self.spans(line)}</p>"
        yield from self.close(stack)

    def close(self, stack):
        while stack:
            yield f"</{stack.pop()}>"

    def spans(self, text):
        for pattern, by in self.inline:
            text = pattern.sub(by, text)
        return text


source = """
    # Title with `x<y`
    Some **bold** and _it_ [link](http://x "t") snake_case_name.
    - one
    - two
      1. deep **x**
    ## End
"""
page = "\n".join(Markdown().convert(source))
print(page)


class Outline(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.depth, self.lines = 0, []

    def handle_starttag(self, tag, attrs):
        self.lines.append("  " * self.depth + tag + "".join(f" {k}={v!r}" for k, v in attrs))
        self.depth += 1

    def handle_endtag(self, tag):
        self.depth -= 1

    def handle_data(self, data):
        if data.strip():
            self.lines.append("  " * self.depth + repr(data))


o = Outline()
o.feed(page)
print("\n".join(o.lines[:12]))
root = ET.fromstring("<a x='1'><b>t&amp;</b>tail<c/><b k='v'>2</b></a>")
ET.indent(root)
print(ET.tostring(root, encoding="unicode"), [b.text for b in root.findall("b")],
    root.find("b[@k='v']").attrib, root.get("x"))
code = "def f(x, *a, k=1_000):\n\treturn f'{x!r:>{k}}' if x else (yield) # c\nclass A: pass\n"
for t in list(tokenize.generate_tokens(io.StringIO(code).readline))[:12]:
    print(token.tok_name[t.exact_type], repr(t.string), t.start, end="; ")
print(keyword.iskeyword("match"), keyword.issoftkeyword("match"), len(keyword.kwlist))


def tree(node, prefix="", last=True):
    yield prefix + ("└─ " if last else "├─ ") + type(node).__name__ + (f" {node.name}" if hasattr(node,
        "name") else "")
    children = [c for c in ast.iter_child_nodes(node) if not isinstance(c, (ast.expr_context, ast.operator))]
    for i, child in enumerate(children):
        yield from tree(child, prefix + ("   " if last else "│  "), i == len(children) - 1)


print("\n".join(tree(ast.parse(code))))


class Rename(ast.NodeTransformer):
    def visit_Name(self, node):
        return ast.copy_location(ast.Name(node.id.upper(), node.ctx), node)

    def visit_Constant(self, node):
        return ast.Constant(node.value * 2) if isinstance(node.value, int) else node


print(ast.unparse(ast.fix_missing_locations(Rename().visit(ast.parse(
    "a = b[1:2] + 3 if c else {d: 'x', **e}\nprint(f'{a+1:>{w}}')")))))
print(ast.literal_eval("{'a': [1, -2.5, (None, True), b'x', {1, 2}], 'c': 1+2j}"))
for bad in "a.b", "1 +", "f()", "[1, 2", "'abc", "x = 1":
    try:
        print(ast.literal_eval(bad))
    except (ValueError, SyntaxError) as e:
        print(type(e).__name__, str(e).split(" object at")[0])
data = {"name": "x" * 30, "nested": [{"k": list(range(15)), "z": ("tuple", {"deep": {"deeper": [1, [2,
    [3]]]}})}], "set": {3, 1, 2}, "e": enum.Enum("E", "A B").A}
pprint.pprint(data, width=50)
pprint.pprint(data, depth=2, compact=True, sort_dicts=False)
buffer = io.StringIO()
with redirect_stdout(buffer):
    help(slug)
print(buffer.getvalue()[:60])
wrapper = textwrap.TextWrapper(width=30, max_lines=3, placeholder=" [...]", break_on_hyphens=True,
    drop_whitespace=True, fix_sentence_endings=True)
print(wrapper.fill(
    "A well-known sentence ends here.  Another super-duper-extra-long-hyphenated-word follows, " + string.ascii_letters + " end."))
