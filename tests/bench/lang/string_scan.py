"""Taking strings apart: split, strip, find, replace, iteration, slices, comparison."""

TEXT = "the quick brown fox jumps over the lazy dog; " * 400


def run():
    total = 0
    for _ in range(400):
        words = TEXT.split()
        total += sum(1 for w in words if w.strip(";").startswith("t"))
        total += len(TEXT.replace("fox", "wolf")) + TEXT.count("o") + TEXT.find("zebra")
    vowels = 0
    for _ in range(100):
        for c in TEXT:
            if c in "aeiou":
                vowels += 1
    reversed_words = [w[::-1] for _ in range(100) for w in TEXT.split(" ")]
    upper = "".join(c.upper() if c.isalpha() else "_" for c in TEXT * 4)
    return total, vowels, len(reversed_words), upper[:20]


print(run())
