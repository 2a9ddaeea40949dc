# Every align, sign, flag and type over a few numbers.
import itertools
out = []
for align, sign, alt, zero, width, grp, typ in itertools.product(("", "*<", ">", "=", "^"), ("", "+", " "), ("", "#"), ("", "0"), ("", "9"), ("", ",", "_"), ("d", "x", "b", "f", "g", "e", "%")):
    spec = align + sign + alt + zero + width + grp + typ
    for v in (-42, 1234567) if typ in "dxb" else (-1.5, 12345.678):
        try: out.append(format(v, spec))
        except ValueError as e: out.append(f"{spec}: {e}")
print(len(out)); 
for i in range(0, len(out), 6): print("|".join(out[i:i + 6]))
