# json.loads: values, hooks and errors with positions.
import json
for t in (
    "[]",
    "[1,2]",
    " [ 1 , [ ] ] ",
    "{}",
    '{"a":1,"b":[{}]}',
    '{"a":1,"a":2}',
    "\t\n\r 1 \n",
    "NaN",
    "Infinity",
    "-Infinity",
    "1e400",
    "[[[[1]]]]",
    '{"":{"":0}}',
    '"\\u0000"',
    "0.1",
    "1E5",
    '"\u2028"',
):
    r = json.loads(t); print(ascii(t), ascii(r), type(r).__name__)
for t in (
    "",
    " ",
    "nul",
    "True",
    "'a'",
    "01",
    "1.",
    ".5",
    "+1",
    "-",
    "1e",
    "--1",
    "[1,]",
    "[,1]",
    "[1 2]",
    "[",
    "]",
):
    try: print(ascii(t), json.loads(t))
    except json.JSONDecodeError as e: print(ascii(t), "->", ascii(e), e.lineno, e.colno, e.pos, e.msg)
for t in (
    "[1",
    "{",
    '{"a"}',
    '{"a":}',
    '{"a":1,}',
    "{a:1}",
    '{1:2}',
    '{"a" 1}',
    '{"a":1 "b":2}',
    '"abc',
    '"a\nb"',
    '"\\x"',
    '"\\u12"',
    '"\\u12g4"',
    '"\\',
    "1 2",
    "[1]x",
):
    try: print(ascii(t), json.loads(t))
    except json.JSONDecodeError as e: print(ascii(t), "->", ascii(e), e.lineno, e.colno, e.pos, e.msg)
for t in (
    "// c\n1",
    '"\t"',
    "\ufeff1",
    "nan",
    "tru",
    "[1,\n2,\n x]",
    '{"k": [1, 2}',
    "[" * 10,
    "\x00",
    '{"a":1}}',
    "1,2",
    "-Inf",
    "infinity",
    '["a',
    '{"a":1,\n\n"b"',
):
    try: print(ascii(t), json.loads(t))
    except json.JSONDecodeError as e: print(ascii(t), "->", ascii(e), e.lineno, e.colno, e.pos, e.msg)
print(json.loads('{"a": [1, 2.5], "b": {"c": 3}}', object_hook=lambda d: sorted(d)), json.loads('{"a": 1, "a": 2}', object_pairs_hook=list), json.loads("[1, 2.5, NaN]", parse_int=str, parse_float=lambda s: f"f{s}", parse_constant=lambda s: f"c{s}"), json.loads(b'"\xc3\xa9"'), json.loads(bytearray(b"[1]")), json.loads('"\u00e9"'.encode("utf-16")), json.loads("1", parse_int=float), json.loads('"a\tb"', strict=False))
for f in (lambda: json.loads(5), lambda: json.loads(None), lambda: json.loads(), lambda: json.loads("1", foo=1), lambda: json.loads(b"\xff"), lambda: json.loads("[" * 100000)):
    try: print(f())
    except (TypeError, UnicodeDecodeError, RecursionError) as e: print(type(e).__name__, str(e)[:60])
d = json.JSONDecoder()
print(d.raw_decode('{"a":1} rest'), d.decode(" [1] "))
try: d.raw_decode(" 1")
except json.JSONDecodeError as e: print(e)
import io
print(json.load(io.StringIO('{"x": [true]}')))
data = {"list": [1, 2.5, "three", None, True, {"nested": ["é", {"deep": []}]}], "n": -1e-10, "big": 2**80}
print(json.loads(json.dumps(data)) == data, json.loads(json.dumps(data, indent=4)) == data, issubclass(json.JSONDecodeError, ValueError))
k = [json.loads('{"key": 1}') for _ in range(2)]
print([list(x)[0] for x in k], json.loads(json.dumps("x" * 1000)) == "x" * 1000, len(json.dumps(list(range(1000)))))
