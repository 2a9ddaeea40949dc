# Thousands separators, signs, zero padding and precision together.
for n in (0, 1, 12, 123, 1234, 12345, 123456, 1234567, -1234567, 10**12):
    print([format(n, s) for s in (",", "_", "+,", " ,", "012,", "+015_", ",d", "_d", "_x", "_b", "#_x", "020_b", ">15,", "*^17,")])
for x in (0.0, 1.0, 1234.5, -1234567.891, 1e15, 1e-7, 0.5):
    print([format(x, s) for s in (",", "_", ",.2f", "_.1f", "+,.3f", "015,.1f", "+020_.2f", ",e", ",g", "_.0f", ",.2%", ">15,.1f", "#,.0f")])
for spec in (",c", ",s", "_s", ",x", ",b", ",o", "_c", ",,", "_,", ",_", "__", ",n", "_n"):
    for v in (1234, "s", 1.5):
        try: print(spec, v, format(v, spec))
        except ValueError as e: print(spec, v, "->", e)
