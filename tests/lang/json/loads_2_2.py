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
