"""Count the words of a text read from standard input.

    word_frequencies.py [HOW_MANY] < text
"""
import sys
from collections import Counter

PUNCTUATION = "\"'`.,;:!?()[]{}<>*-_/\\"
COMMON = frozenset("a an and any as at be by for from if in is it may not of on or that the this to with you your".split())


def words(lines):
    """Lower-case words without the punctuation around them."""
    for line in lines:
        for piece in line.lower().replace("/", " ").split():
            word = piece.strip(PUNCTUATION)
            if word and not word.isdigit():
                yield word


def histogram(counts, width=40):
    """Lines of a bar chart, the longest bar `width` wide."""
    if not counts:
        return
    longest = max(len(word) for word, _ in counts)
    peak = counts[0][1]
    for word, n in counts:
        bar = "#" * max(1, round(width * n / peak))
        yield f"{word:<{longest}} {n:>5} {bar}"


def ranked(counter):
    """Most frequent first, equal counts by the alphabet."""
    return sorted(counter.items(), key=lambda item: (-item[1], item[0]))


def length_table(counter):
    lengths = Counter()
    for word, n in counter.items():
        lengths[len(word)] += n
    return sorted(lengths.items())


def main(argv):
    how_many = int(argv[1]) if len(argv) > 1 else 15
    text = sys.stdin.read()
    lines = text.splitlines()
    counter = Counter(words(lines))
    total = sum(counter.values())
    once = sum(1 for n in counter.values() if n == 1)

    print(f"{len(lines)} lines, {len(text)} characters, {total} words, {len(counter)} different, {once} used once")
    print(f"\nThe {how_many} most frequent words")
    for line in histogram(ranked(counter)[:how_many]):
        print(line)

    telling = Counter({word: n for word, n in counter.items() if word not in COMMON and len(word) > 3})
    print(f"\nThe {how_many} most frequent telling words")
    for line in histogram(ranked(telling)[:how_many]):
        print(line)

    print("\nWords by length")
    for length, n in length_table(counter):
        print(f"{length:>3} {n:>5} {100 * n / total:6.2f}%")

    longest = max(counter, key=lambda word: (len(word), word), default="")
    print(f"\nLongest word: {longest!r}")


if __name__ == "__main__":
    main(sys.argv)
