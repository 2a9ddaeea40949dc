# Strings that look like numbers; sorting, padding, parsing.
data = ["10", "9", "2", "1", "100", "-3", "007", "3.5", "1e3", "0x10", "", "abc", "½", "٣", "²", "1_000", " 5 ", "+7"]
for d in data:
    row = []
    for f in (int, float, complex, str.isdigit, str.isdecimal, str.isnumeric, lambda s: s.zfill(5), lambda s: int(s, 0)):
        try: row.append(f(d))
        except ValueError: row.append("ValueError")
    print(ascii(d), row)
print(sorted(data[:6]), sorted(data[:6], key=int), sorted(["a10", "a9", "a1"], key=lambda s: (s[0], int(s[1:]))), [f"{int(x):03d}" for x in data[:5]], sum(int(c) for c in "12345"), int("".join(reversed("12345"))), "".join(str(d) for d in range(10)), [int(x) for x in "1,2,3".split(",")], list(map(float, "1.5 2.5".split())), str(12)[::-1], str(1.0), str(1e100), str(-0.0), str(10**20), repr("12"), "12" + str(34), int("12") + 34, "5" * 3, int("5") * 3, f"{3:>{5}}", "3.14".split("."), "1.2.3".count("."), max("9", "10"), max(9, 10), min("b", "a", "C"), "2" > "10", "١٢٣".isdigit(), int("١٢٣"))
