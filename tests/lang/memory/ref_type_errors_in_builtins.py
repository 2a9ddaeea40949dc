# Built-ins that refuse keep nothing.
import sys
x = object(); base = sys.getrefcount(x)
calls = [(len, (x,)), (abs, (x,)), (int, (x,)), (float, (x,)), (list, (x,)), (dict, (x,)), (set, (x,)), (tuple, (x,)), (iter, (x,)), (next, (x,)), (ord, (x,)), (chr, (x,)), (hex, (x,)), (round, (x,)), (sum, ([x, x],)), (sorted, ([x, x],)), (max, (x, x)), (min, ([x, x],)), (map, (x, x)), (filter, (x, x)), (zip, (x, x)), (enumerate, (x,)), (reversed, (x,)), (range, (x,)), (bytes, (x,)), (bytearray, (x,)), (memoryview, (x,)), (getattr, (x, x)), (setattr, (x, x, x)), (isinstance, (x, x)), (issubclass, (x, x)), (pow, (x, x)), (divmod, (x, x)), (complex, (x, x)), (open, (x,)), (eval, (x,)), (exec, (x,)), (compile, (x, x, x)), (type, (x, x, x)), (super, (x, x)), (vars, (x,)), (str, (b"", x)), (print, (), {"sep": x}), (property, (x, x, x, x, x)), (slice, (x, x, x, x))]
for f, args, *kw in calls:
    try: f(*args, **(kw[0] if kw else {}))
    except (TypeError, ValueError): pass
del calls, f, args, kw
print(sys.getrefcount(x) - base)
