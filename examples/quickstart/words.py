"""A function for `atoll map`: the longest word of a line."""


def longest(line):
    words = [word.strip(".,;:()\"'`<>") for word in line.split()]
    return max(words, key=len, default="")
