# Comparing ints with everything.
vals = [0, 1, -1, 2**62, -2**62, 2**63, 2**64, 1.0, 0.5, -0.5, float("inf"), float("-inf"), 2.0**63, 1e300, True, False]
for a in vals:
    print(a, "".join("<" if a < b else ">" if a > b else "=" for b in vals), [int(a == b) for b in vals][:6], [int(a != b) for b in vals][:6])
print(2**53 == 2.0**53, 2**53 + 1 == 2.0**53, 2**53 + 1 > 2.0**53, 10**23 == 1e23, 10**22 == 1e22, 2**1024 > 1e308, -2**1024 < -1e308, float("nan") < 5, float("nan") != 5, 5 == 5 + 0j, 5 != 5j, 5 == "5", 5 == None, 5 == [5])
for e in ("1 < 'a'", "1 <= None", "1 > []", "1 >= 1j", "1 < 1j", "2**70 < 'a'", "1 < (1,)", "True < 'x'"):
    try: print(eval(e))
    except TypeError as x: print(e, "->", x)
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1.0 == True, 3 > 2 > 1 > 0, min(2**70, 3, -2**70), max(2**70, 2.0**70), sorted([3, 2**70, -1, 2.5, True, -2**70]))
