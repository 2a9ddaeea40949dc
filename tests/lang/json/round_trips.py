# What goes through json and comes back the same, and what does not.
import json
vals = [None, True, 0, -1, 2**80, 1.5, 1e-10, 1e308, "", "text", "é中🎉", "\n\t\"\\/", [], [1, [2, [3]]], {}, {"a": {"b": []}}, "\u2028\u2029\x7f", [None, False, {"k": [1.0]}], "x" * 500, list(range(200)), {str(i): i for i in range(50)}, [[[[[[]]]]]], {"": ""}, " ", "null", [0.1, 0.2, 0.30000000000000004], -0.0, 1.0]
for v in vals:
    for kw in ({}, {"indent": 2}, {"ensure_ascii": False}, {"separators": (",", ":")}, {"sort_keys": True}):
        assert json.loads(json.dumps(v, **kw)) == v, v
print(len(vals)); print(json.loads(json.dumps((1, 2))), json.loads(json.dumps({1: 2, None: 3, True: 4, 1.5: 5})), json.loads(json.dumps({"a": (1, {"b": ()})})), json.loads("[1.0, 1, 1e2, -0, 0.0]"), [type(x).__name__ for x in json.loads("[1.0, 1, 1e2, -0, 123456789012345678901234567890]")], json.loads('"\\u0041\\u00e9\\ud83c\\udf89"'), json.loads(' \n{ "a" : [ 1 , 2 ] } \t'), json.dumps(json.loads('{"b":1,"a":2}')), json.dumps("\x00\x1f\x7f\x80"), json.dumps({"é": "中"}), json.dumps({"é": "中"}, ensure_ascii=False), json.dumps("</script>"), json.dumps([1, 2], indent=1), json.dumps({"a": []}, indent=1), json.dumps(1e16), json.dumps(1e15), json.dumps(123456789.123456789), json.dumps(2**64), json.dumps(True), json.dumps({"t": True, "n": None}))
