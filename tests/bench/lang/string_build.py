"""Building strings: concatenation, join, formatting, f-strings."""


def run():
    text = ""
    for i in range(700000):
        text += "x"
    pieces = [str(i) for i in range(700000)]
    joined = ",".join(pieces)
    lines = [f"{i:05d} {i * 3} {i / 7:.3f}" for i in range(400000)]
    percent = ["%d-%s" % (i, "a") for i in range(400000)]
    formatted = ["{}:{}".format(i, i + 1) for i in range(100000)]
    return len(text), len(joined), len("\n".join(lines)), sum(map(len, percent)), formatted[-1]


print(run())
