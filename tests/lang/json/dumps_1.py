# json.dumps with all options.
import json
for v in (
    None,
    True,
    False,
    0,
    -5,
    10**30,
    1.5,
    -0.0,
    1e100,
    1e-7,
    123456789.123,
    "",
    "a\"b\\c/d",
):
    print(ascii(json.dumps(v)), ascii(json.dumps(v, ensure_ascii=False)))
