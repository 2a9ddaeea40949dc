# json.loads: values, hooks and errors with positions.
import json
for t in (
    "null",
    "true",
    "false",
    "0",
    "-0",
    "12",
    "-5",
    "1.5",
    "1e5",
    "1E-2",
    "-1.5e+3",
    "123456789012345678901234567890",
    '""',
    '"a"',
    '"\\u00e9\\n\\"\\\\\\/\\b\\f\\r\\t"',
    '"\\ud83c\\udf89"',
    '"\\ud800"',
    '"é中"',
):
    r = json.loads(t); print(ascii(t), ascii(r), type(r).__name__)

