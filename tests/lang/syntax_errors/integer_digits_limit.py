"""The limit on digits of decimal integers in a source, and setting it."""
import sys
for n in (4300, 640, 700, 0):
    sys.set_int_max_str_digits(n)
    for source in ("1" * 5000, "x = " + "7" * 641, "0x" + "f" * 5000, "1_0" * 400, "0" * 5000):
        try:
            exec(source)
            print(n, "good")
        except SyntaxError as e:
            print(n, e.msg, e.lineno, e.offset, e.end_lineno, e.end_offset)
